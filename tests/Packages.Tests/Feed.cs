namespace Packages.Tests;

/// <summary>The folder of packages that <c>./test packages</c> has made.</summary>
internal static class Feed
{
    private const string Extension = ".nupkg";

    /// <summary>The folder.</summary>
    internal static string Folder { get; } = PathOf("artifacts/packages");

    /// <summary>The version that this tree makes.</summary>
    internal static string Version { get; } = Find("Twisted.Core").Version;

    /// <summary>All of one run.</summary>
    internal static IReadOnlyList<Package> All { get; } =
        [.. Directory.GetFiles(Folder, "*" + Extension).Order(StringComparer.Ordinal).Select(Package.Read)];

    /// <summary>One of them.</summary>
    internal static Package Find(string id)
    {
        string[] files = Directory.Exists(Folder) ? Directory.GetFiles(Folder, $"{id}.?.?.?{Extension}") : [];
        return files is [var one]
            ? Package.Read(one)
            : throw new InvalidOperationException($"There are {files.Length} packages {id} in {Folder}. "
                + "To make them anew: ./test packages");
    }
}
