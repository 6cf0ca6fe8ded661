using System.Text;

namespace Twisted.Quotes.Tests;

/// <summary>Quotes from memory and from files.</summary>
public sealed class QuoterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("quotes-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_static_quoter_says_the_same_again()
    {
        var quoter = new StaticQuoter("Brevity is the soul of wit");
        Assert.Equal("Brevity is the soul of wit", quoter.GetQuote());
        Assert.Equal("Brevity is the soul of wit", quoter.GetQuote());
    }

    [Fact]
    public void Every_quote_of_every_file_is_said_at_some_time()
    {
        var quoter = new FortuneQuoter([Write("a", "one\n%\ntwo\n"), Write("b", "three\n")], new Random(1));
        Assert.Equal(["one", "three", "two"],
            Enumerable.Range(0, 100).Select(_ => quoter.GetQuote()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_short_file_is_as_likely_as_a_long_one()
    {
        string long_ = string.Join("\n%\n", Enumerable.Range(0, 99).Select(number => $"long {number}"));
        var quoter = new FortuneQuoter([Write("long", long_), Write("short", "short")], new Random(7));
        Assert.InRange(Enumerable.Range(0, 1000).Count(_ => quoter.GetQuote() == "short"), 400, 600);
    }

    [Fact]
    public void The_same_seed_gives_the_same_quotes()
    {
        string file = Write("a", "one\n%\ntwo\n%\nthree");
        var one = new FortuneQuoter([file], new Random(42));
        var other = new FortuneQuoter([file], new Random(42));
        for (int i = 0; i < 20; i++)
            Assert.Equal(one.GetQuote(), other.GetQuote());
    }

    [Theory]
    [InlineData("one", "one")]
    [InlineData("one\n%\ntwo", "one|two")]
    [InlineData("one\r\n%\r\ntwo\r\n", "one|two")]
    [InlineData("%\none\n%\n%\n  \n%\ntwo\n%\n", "one|two")]
    [InlineData("a line\n\tand another\n%\n100 %\n%%\n% more", "a line\n\tand another|100 %\n%%\n% more")]
    [InlineData("\uFEFFDie Würze\n%\n简洁", "Die Würze|简洁")]
    public void Quotes_are_what_stands_between_the_lines_of_a_percent_sign(string text, string quotes) =>
        Assert.Equal(quotes.Split('|'), FortuneFile.Parse("quotes.txt", Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("")]
    [InlineData("%\n%\n")]
    [InlineData(" \n\n%\n\t\n")]
    public void A_file_without_a_quote_is_told(string text) => Assert.Equal(
        "quotes.txt has no quote in it: write some, with a line '%' between two.",
        Mistake(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void What_is_no_text_is_told_with_its_line()
    {
        Assert.StartsWith("quotes.txt, line 3: it is not UTF-8.", Mistake([.. "one\n%\ntw"u8, 0xFC, .. "\n"u8]));
        Assert.StartsWith("quotes.txt, line 1: it is not UTF-8.", Mistake([0xC3])); // cut off
        Assert.StartsWith("quotes.txt, line 2: a control character, 0x1b.", Mistake("one\n\u001b[2J"u8.ToArray()));
        Assert.StartsWith("quotes.txt, line 1: a control character, 0x00.", Mistake("a\0"u8.ToArray()));
    }

    [Fact]
    public void A_file_that_is_too_long_is_told_and_not_kept()
    {
        string path = Path.Combine(_folder.FullName, "long");
        using (FileStream file = File.Create(path))
            file.SetLength(FortuneFile.MaxLength + 1L);
        Assert.Equal($"{path} is longer than 16777216 bytes. Split it into several.",
            Assert.Throws<FormatException>(() => FortuneFile.Read(path)).Message);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_folder_are_told_with_their_path()
    {
        string absent = Path.Combine(_folder.FullName, "absent.txt");
        Assert.Contains(absent, Assert.Throws<FileNotFoundException>(() => FortuneFile.Read(absent)).Message);
        Assert.Contains(_folder.FullName,
            Assert.Throws<UnauthorizedAccessException>(() => FortuneFile.Read(_folder.FullName)).Message);
    }

    [Fact]
    public void No_files_are_a_mistake_of_the_caller() =>
        Assert.Throws<ArgumentException>(() => new FortuneQuoter([], new Random(1)));

    [Fact]
    public void The_sample_has_quotes() => Assert.InRange(FortuneFile.Read("quotes.txt").Count, 3, 100);

    [Fact]
    public void The_library_knows_of_no_network() => Assert.DoesNotContain(
        typeof(IQuoter).Assembly.GetReferencedAssemblies(),
        reference => reference.Name!.Contains("Net.", StringComparison.Ordinal)
            || reference.Name.StartsWith("Twisted", StringComparison.Ordinal));

    private static string Mistake(byte[] content) =>
        Assert.Throws<FormatException>(() => FortuneFile.Parse("quotes.txt", content)).Message;

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
