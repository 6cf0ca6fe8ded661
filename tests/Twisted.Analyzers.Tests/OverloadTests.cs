using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twisted.Analyzers.Tests;

/// <summary>The overloads of the public API, as programs meet them: what must compile, and what must not.</summary>
public class OverloadTests
{
    /// <summary>Only until Twisted.Core has it: the overload cases speak of it.</summary>
    private const string LoopingCallStub = """
        namespace Twisted.Internet;
        public sealed class LoopingCall
        {
            public LoopingCall(IReactorTime r, System.Action call) { }
            public LoopingCall(IReactorTime r, System.Func<Deferred> call) { }
        }
        """;

    [Fact]
    public void Every_overload_case_compiles_without_a_warning()
    {
        CSharpCompilation compilation = CompileCase(Sources.Case("Overloads.cs"));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
    }

    public static TheoryData<string> Mistakes()
    {
        var mistakes = new TheoryData<string>();
        foreach (StatementSyntax statement in BodyOf(Sources.Case("Traps.cs")).Statements)
            mistakes.Add(statement.ToString());
        return mistakes;
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_an_error_that_says_what_to_do(string mistake)
    {
        Diagnostic error = Assert.Single(Errors(Only(mistake)));
        Assert.Equal("CS0619", error.Id); // one of our [Obsolete(error: true)] traps, not an accident
    }

    [Fact]
    public void There_are_five_mistakes_and_nothing_else_in_their_file_is_wrong()
    {
        Assert.Equal(5, Mistakes().Count);
        Assert.Empty(Errors(Only("")));
    }

    private static CSharpCompilation CompileCase(string source)
    {
        CSharpCompilation compilation = Sources.Compile(OutputKind.DynamicallyLinkedLibrary, source);
        return compilation.GetTypeByMetadataName("Twisted.Internet.LoopingCall") is null
            ? Sources.Compile(OutputKind.DynamicallyLinkedLibrary, source, LoopingCallStub)
            : compilation;
    }

    private static IEnumerable<Diagnostic> Errors(string source) =>
        CompileCase(source).GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>The file of mistakes with only this one in it.</summary>
    private static string Only(string mistake)
    {
        string source = Sources.Case("Traps.cs");
        BlockSyntax body = BodyOf(source);
        return source[..body.OpenBraceToken.Span.End] + mistake + source[body.CloseBraceToken.SpanStart..];
    }

    private static BlockSyntax BodyOf(string source) =>
        CSharpSyntaxTree.ParseText(source).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
            .Single(method => method.Identifier.ValueText == "M").Body!;
}
