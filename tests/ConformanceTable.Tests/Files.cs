namespace ConformanceTable.Tests;

/// <summary>Files of the tree that the tests run in.</summary>
internal static class Files
{
    private static readonly string Root = FindRoot();

    internal static string[] Lines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    internal static string[] In(string folder, string pattern) =>
        Directory.Exists(Path.Combine(Root, folder)) ? Directory.GetFiles(Path.Combine(Root, folder), pattern) : [];

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Twisted.slnx")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Run the tests inside the repository.");
    }
}
