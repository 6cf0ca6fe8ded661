namespace Twisted.Tidy.Tests;

/// <summary>
/// The public API of every package stands in Api/, one file each. A change of the API is a change of that file, so a
/// reviewer sees it.
/// </summary>
public class ApiSnapshotTests
{
    private const string Update = "UPDATE_API=1 dotnet test tests/Twisted.Tidy.Tests --filter ApiSnapshotTests";

    private static readonly string Folder = Path.Combine(Tree.Root, "tests", "Twisted.Tidy.Tests", "Api");

    public static TheoryData<string> Packages() =>
        [.. ProductAssemblies.All.Select(assembly => assembly.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_public_API_is_as_reviewed(string package)
    {
        string path = Path.Combine(Folder, package + ".txt");
        string actual = ApiText.Of(ProductAssemblies.All.Single(assembly => assembly.GetName().Name == package));
        if (Environment.GetEnvironmentVariable("UPDATE_API") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(path, actual);
        }
        string reviewed = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(reviewed == actual,
            $"The public API of {package} is not what Api/{package}.txt says.\n{Difference(reviewed, actual)}\n"
            + $"If this is meant: {Update}, and commit the file.");
    }

    [Fact]
    public void No_file_speaks_of_a_package_that_is_gone() => Assert.Empty(
        Directory.EnumerateFiles(Folder).Select(path => Path.GetFileNameWithoutExtension(path))
            .Except(ProductAssemblies.All.Select(assembly => assembly.GetName().Name)));

    [Fact]
    public void The_difference_shows_lines_with_their_type()
    {
        const string before = "class A\n    void M()\n    void N()\n\nclass B\n    int P { get; }\n";
        const string after = "class A\n    void N()\n\nclass B\n    int P { get; set; }\n";
        Assert.Equal(
            "- class A:     void M()\n- class B:     int P { get; }\n+ class B:     int P { get; set; }",
            Difference(before, after));
    }

    private static string Difference(string reviewed, string actual)
    {
        string[] before = [.. WithType(reviewed)];
        string[] after = [.. WithType(actual)];
        return string.Join('\n',
            before.Except(after).Select(line => "- " + line).Concat(after.Except(before).Select(line => "+ " + line)));
    }

    /// <summary>A line alone does not say whose member it is.</summary>
    private static IEnumerable<string> WithType(string text)
    {
        string type = "";
        foreach (string line in text.Split('\n').Where(line => line.Length > 0))
        {
            if (!line.StartsWith(' '))
                type = line;
            yield return line.StartsWith(' ') ? $"{type}: {line}" : line;
        }
    }
}
