using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twisted.Tidy.Tests;

/// <summary>One C# file. It is parsed, so comments and strings are never taken for code.</summary>
internal sealed class SourceFile
{
    // Extension blocks are still a preview for the parser that the analyzers pin.
    private static readonly CSharpParseOptions Options =
        new(LanguageVersion.Preview, DocumentationMode.None, SourceCodeKind.Regular);

    private readonly Lazy<CompilationUnitSyntax> _root;

    /// <summary>A file.</summary>
    /// <param name="path">Relative to the root of the repository, with forward slashes.</param>
    /// <param name="text">What it holds.</param>
    internal SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        _root = new(() => CSharpSyntaxTree.ParseText(Text, Options).GetCompilationUnitRoot());
    }

    internal string Path { get; }

    internal string Text { get; }

    internal string Name => Path[(Path.LastIndexOf('/') + 1)..];

    internal string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>The folder of its project: <c>src/Twisted.Core</c>.</summary>
    internal string Project => string.Join('/', Path.Split('/').Take(2));

    internal bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    internal bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    internal CompilationUnitSyntax Root => _root.Value;

    internal IEnumerable<SyntaxNode> Nodes => Root.DescendantNodes();

    internal string[] Lines => Text.Split('\n');

    /// <summary>How a test reports a place: editors make a link of it.</summary>
    internal string At(SyntaxNodeOrToken place) => At(place.GetLocation()!);

    internal string At(SyntaxTrivia place) => At(place.GetLocation());

    private string At(Location place) => $"{Path}:{place.GetLineSpan().StartLinePosition.Line + 1}";
}
