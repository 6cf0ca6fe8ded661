using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twisted.Tidy.Tests;

/// <summary>Files and functions that fit a reader's head, lines that fit a screen.</summary>
public class SizeTests
{
    private const int MaxFileLines = 600;
    private const int MaxLineLength = 120;
    private const int MaxFunctionLines = 70;

    [Fact]
    public void No_file_is_too_long() => Clean.Assert(Tree.Sources.SelectMany(LongFile));

    [Fact]
    public void No_line_is_too_long() => Clean.Assert(Tree.Sources.SelectMany(LongLines));

    [Fact]
    public void No_function_is_too_long() => Clean.Assert(Tree.Sources.SelectMany(LongFunctions));

    [Fact]
    public void A_file_one_line_too_long_is_found()
    {
        Assert.Empty(LongFile(File(Repeat("//\n", 600))));
        Assert.Single(LongFile(File(Repeat("//\n", 601))));
    }

    [Fact]
    public void A_line_one_character_too_long_is_found_with_its_number()
    {
        Assert.Empty(LongLines(File("\n" + Repeat("x", 120) + "\r\n")));
        Assert.StartsWith("src/P/C.cs:2:", Assert.Single(LongLines(File("\n" + Repeat("x", 121)))),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class C { void M() {\n*} }", "M")]
    [InlineData("class C { C() {\n*} }", "C")]
    [InlineData("class C { int P { get {\n*return 1; } } }", "get")]
    [InlineData("class C { void M() { } [Obsolete]\nvoid L() {\n*} }", "L")]
    [InlineData("class C { public static C operator +(C a) {\n*return a; } }", "+")]
    public void A_function_one_line_too_long_is_found(string pattern, string name)
    {
        Assert.Empty(LongFunctions(File(pattern.Replace("*", Repeat("\n", 68), StringComparison.Ordinal))));
        Assert.Contains($" {name} ",
            Assert.Single(LongFunctions(File(pattern.Replace("*", Repeat("\n", 69), StringComparison.Ordinal)))),
            StringComparison.Ordinal);
    }

    private static IEnumerable<string> LongFile(SourceFile source)
    {
        int lines = source.Text.Count(c => c == '\n');
        if (lines > MaxFileLines)
            yield return $"{source.Path}: {lines} lines, at most {MaxFileLines}; split it by what it does";
    }

    private static IEnumerable<string> LongLines(SourceFile source) =>
        source.Lines.Index()
            .Where(line => line.Item.TrimEnd('\r').Length > MaxLineLength)
            .Select(line => $"{source.Path}:{line.Index + 1}: {line.Item.Length} characters, at most {MaxLineLength}");

    private static IEnumerable<string> LongFunctions(SourceFile source) =>
        from node in source.Nodes
        let name = FunctionName(node)
        where name.HasValue
        let lines = Lines(node)
        where lines > MaxFunctionLines
        select $"{source.At(name.Value)}: {name.Value.ValueText} has {lines} lines, at most {MaxFunctionLines}";

    private static SyntaxToken? FunctionName(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier,
        ConstructorDeclarationSyntax constructor => constructor.Identifier,
        DestructorDeclarationSyntax finalizer => finalizer.Identifier,
        OperatorDeclarationSyntax op => op.OperatorToken,
        ConversionOperatorDeclarationSyntax conversion => conversion.OperatorKeyword,
        AccessorDeclarationSyntax accessor => accessor.Keyword,
        LocalFunctionStatementSyntax local => local.Identifier,
        _ => null,
    };

    /// <summary>From the first modifier to the closing brace; attributes and documentation do not count.</summary>
    private static int Lines(SyntaxNode function)
    {
        SyntaxNode? attributes = function.ChildNodes().LastOrDefault(child => child is AttributeListSyntax);
        SyntaxToken first = attributes?.GetLastToken().GetNextToken() ?? function.GetFirstToken();
        FileLinePositionSpan start = first.GetLocation().GetLineSpan();
        return function.GetLocation().GetLineSpan().EndLinePosition.Line - start.StartLinePosition.Line + 1;
    }

    private static SourceFile File(string text) => new("src/P/C.cs", text);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
