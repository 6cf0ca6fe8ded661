using System.Text.RegularExpressions;

namespace Twisted.Analyzers.Tests.Documents;

/// <summary>Reads the C# blocks of the documents. Each stands after a comment, as CONTRIBUTING.md says.</summary>
internal static partial class SnippetReader
{
    private static readonly string Root = FindRoot();

    /// <summary>All of them; a block without its comment is an error.</summary>
    internal static IReadOnlyList<Snippet> All { get; } = [.. Documents().SelectMany(Of)];

    internal static IEnumerable<Snippet> Of(string document) =>
        Of(document, File.ReadAllText(Path.Combine(Root, document)));

    internal static IEnumerable<Snippet> Of(string document, string text)
    {
        foreach (Match block in Block().Matches(text))
        {
            Match mark = Mark().Match(text[..block.Index]);
            int line = text[..block.Groups["code"].Index].Count(c => c == '\n') + 1;
            if (!mark.Success)
                throw new InvalidOperationException(
                    $"{document}:{line}: a C# block needs a comment before it: <!-- snippet: program -->, or types, "
                    + "statements or members.");
            Match output = Output().Match(text, block.Index + block.Length);
            yield return new Snippet(document, line, mark.Groups["kind"].Value, mark.Groups["run"].Success,
                mark.Groups["hidden"].Value, block.Groups["code"].Value,
                output.Success ? output.Groups["text"].Value : null);
        }
    }

    private static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    private static string FindRoot()
    {
        DirectoryInfo? at = new(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "Twisted.slnx")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("Run the tests inside the repository.");
    }

    [GeneratedRegex(@"^```csharp *\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(
        @"<!-- snippet: (?<kind>\w+)(?<run> run)?(?<hidden>((?!-->).)*?)\s*-->\n+\z", RegexOptions.Singleline)]
    private static partial Regex Mark();

    [GeneratedRegex(@"\G\n+```text\n(?<text>.*?\n)```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Output();
}
