namespace Twisted.Benchmarks;

/// <summary>Where the bench finds its parts, below the repository's root.</summary>
internal sealed class BenchFolders
{
    internal BenchFolders()
    {
        string? root = AppContext.BaseDirectory;
        while (root is not null && !File.Exists(Path.Combine(root, "Twisted.slnx")))
            root = Path.GetDirectoryName(root);
        Root = root ?? throw new BenchException("This program runs inside its repository: no Twisted.slnx above it.");
    }

    internal string Root { get; }

    internal string Sources => Path.Combine(Root, "benchmarks");

    internal string Built => Path.Combine(Root, "artifacts", "bin");

    internal string Native => Path.Combine(Root, "artifacts", "bench");
}
