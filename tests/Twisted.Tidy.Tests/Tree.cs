namespace Twisted.Tidy.Tests;

/// <summary>The repository, as files. Works without git and without a build of what it reads.</summary>
internal static class Tree
{
    private static readonly string[] NotOurs = [".git", ".vs", ".idea", "artifacts", "bin", "obj", "node_modules"];
    private static readonly string[] CodeFolders = ["src/", "tests/", "samples/", "benchmarks/"];

    /// <summary>The folder that holds Twisted.slnx.</summary>
    internal static string Root { get; } = FindRoot();

    /// <summary>Every file, relative to the root, with forward slashes, sorted.</summary>
    internal static IReadOnlyList<string> Files { get; } = [.. Walk(Root).Order(StringComparer.Ordinal)];

    /// <summary>Every C# file of the product, its tests, samples and benchmarks.</summary>
    internal static IReadOnlyList<SourceFile> Sources { get; } =
    [
        .. Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal) && IsIn(path, CodeFolders))
            .Select(path => new SourceFile(path, Read(path))),
    ];

    /// <summary>The C# files of the product.</summary>
    internal static IEnumerable<SourceFile> Product => Sources.Where(source => source.IsProduct);

    /// <summary>The project files of the same folders; those under templates are for others.</summary>
    internal static IEnumerable<ProjectFile> Projects =>
        Files.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal) && IsIn(path, CodeFolders))
            .Select(path => new ProjectFile(path, Read(path)));

    internal static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static bool IsIn(string path, string[] folders) =>
        folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        foreach (string inner in Directory.EnumerateDirectories(folder))
        {
            if (NotOurs.Contains(Path.GetFileName(inner)) || new DirectoryInfo(inner).LinkTarget is not null)
                continue;
            foreach (string file in Walk(inner))
                yield return file;
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Twisted.slnx")))
                return at.FullName;
        }
        throw new InvalidOperationException(
            $"No folder above {AppContext.BaseDirectory} holds Twisted.slnx. Run the tests inside the repository.");
    }
}
