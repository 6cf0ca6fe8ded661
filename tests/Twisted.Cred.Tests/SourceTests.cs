using System.Text.RegularExpressions;

namespace Twisted.Cred.Tests;

/// <summary>Secrets are compared by one method, which takes the same time wherever the difference is.</summary>
public partial class SourceTests
{
    [Fact]
    public void No_secret_is_compared_with_an_operator()
    {
        string room = Path.Combine(Root(), "src", "Twisted.Cred");
        string[] found =
        [
            .. from path in Directory.GetFiles(room, "*.cs")
               from line in File.ReadAllLines(path).Index()
               where Comparison().IsMatch(line.Item)
               select $"{Path.GetFileName(path)}:{line.Index + 1}: {line.Item.Trim()}",
        ];
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("return Password == password;", true)]
    [InlineData("if (expected.Equals(response))", true)]
    [InlineData("hash.SequenceEqual(_hash)", true)]
    [InlineData("if (digest != opaque)", true)]
    [InlineData("password.Length == 3", false)]
    [InlineData("hash is null || password == null", false)]
    [InlineData("name == other", false)]
    public void A_comparison_is_found(string line, bool found) => Assert.Equal(found, Comparison().IsMatch(line));

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Twisted.slnx")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("There is no Twisted.slnx above the tests.");
    }

    /// <summary>A word for a secret beside an operator; whether it is there, and how long, may be asked.</summary>
    [GeneratedRegex(@"\b_?(password|plain|hash|secret|response|digest|expected|digestHash)\s*(==|!=)(?!\s*null\b)"
        + @"|(==|!=)\s*_?(password|plain|hash|secret|response|digest|opaque|digestHash)\b(?!\.Length)"
        + @"|\b_?(password|plain|hash|secret|response|digest|expected)\.(Equals|SequenceEqual|CompareTo)\(",
        RegexOptions.IgnoreCase)]
    private static partial Regex Comparison();
}
