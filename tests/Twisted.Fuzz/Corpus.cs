using Twisted.Processes;

namespace Twisted.Fuzzing;

/// <summary>The committed inputs: beginnings for the mutator, and what has failed once.</summary>
internal static class Corpus
{
    private const string Folder = "tests/Twisted.Fuzz/Corpus";

    internal static string FolderOf(string target) => Repository.PathOf($"{Folder}/{target}");

    /// <summary>The files of a parser, by name, so that a case is the same on every machine.</summary>
    internal static IReadOnlyList<string> Files(string target) => Directory.Exists(FolderOf(target))
        ? [.. Directory.GetFiles(FolderOf(target), "*.bin").Order(StringComparer.Ordinal)]
        : [];

    internal static IReadOnlyList<byte[]> Of(string target) => [.. Files(target).Select(File.ReadAllBytes)];
}
