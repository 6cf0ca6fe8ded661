namespace Twisted.Analyzers.Tests.Documents;

/// <summary>One C# block of a document, with what the comment before it says of it.</summary>
/// <param name="Document">Relative to the root of the repository.</param>
/// <param name="Line">Where its code begins, from 1.</param>
/// <param name="Kind">How it is made a whole file: program, types, statements or members.</param>
/// <param name="Runs">Whether it is run too and its output compared.</param>
/// <param name="Hidden">Code that the reader is not shown: what the block uses.</param>
/// <param name="Code">The block.</param>
/// <param name="Output">The text block that follows; null when there is none.</param>
public sealed record Snippet(
    string Document, int Line, string Kind, bool Runs, string Hidden, string Code, string? Output)
{
    /// <summary>Where it stands, for the names of the tests.</summary>
    public string Place => $"{Document}:{Line}";

    internal bool IsProgram => Kind == "program";

    /// <summary>The whole file, in which errors of the block have the document's own lines.</summary>
    internal string File => Kind switch
    {
        "program" or "types" => $"{Marked}{Hidden}", // last: usings and statements come first in a file
        "statements" => $"static class Snippet {{ static async Deferred Run() {{ {Hidden}{Marked} }} }}",
        "members" => $"abstract class Snippet : LineReceiver {{ {Hidden}{Marked} }}",
        _ => throw new InvalidOperationException($"{Place}: there is no kind of snippet '{Kind}'."),
    };

    private string Marked => $"\n#line {Line} \"{Document}\"\n{Code}\n#line default\n";

    /// <summary>The rules that the block says it breaks: it is compiled with those that are off, too.</summary>
    internal IEnumerable<string> Rules => Announced.Select(one => one[^"TW0000".Length..]).Distinct();

    /// <summary>Each at its line: <c>// TW0001</c>.</summary>
    internal IEnumerable<string> Announced =>
        from line in Code.Split('\n').Index()
        let at = line.Item.IndexOf("// TW", StringComparison.Ordinal)
        where at >= 0
        select $"{Document}:{Line + line.Index}: {line.Item.Substring(at + 3, "TW0000".Length)}";
}
