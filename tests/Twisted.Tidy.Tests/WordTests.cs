using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twisted.Tidy.Tests;

/// <summary>Words that mean "not finished", "not understood" or "only here".</summary>
public partial class WordTests
{
    private static readonly string[] TextFiles =
        [".cs", ".csproj", ".props", ".targets", ".slnx", ".json", ".md", ".txt", ".yml", ".sh", ".py", ".config"];

    [Fact]
    public void Nothing_is_left_unfinished() => Clean.Assert(Tree.Sources.SelectMany(Unfinished));

    [Fact]
    public void No_test_is_skipped_or_sleeps() =>
        Clean.Assert(Tree.Sources.Where(source => source.IsTest).SelectMany(Sleepers));

    [Fact]
    public void No_file_knows_the_machine_it_was_written_on() => Clean.Assert(
        from path in Tree.Files
        where TextFiles.Contains(Path.GetExtension(path)) || !Path.GetFileName(path).Contains('.')
        from line in Tree.Read(path).Split('\n').Index()
        where MachinePath().IsMatch(line.Item)
        select $"{path}:{line.Index + 1}: a path of one machine");

    [Theory]
    [InlineData("class C { void M() => throw new NotImplementedException(); }")]
    [InlineData("// TODO: later\nclass C;")]
    [InlineData("/* a\n TODO */ class C;")]
    [InlineData("/// <summary>FIXME</summary>\nclass C;")]
    [InlineData("class C { int x; // HACK\n}")]
    [InlineData("#region Fields\n#endregion")]
    public void An_unfinished_word_is_found(string text) => Assert.Single(Unfinished(new("src/P/C.cs", text)));

    [Theory]
    [InlineData("// TODO #12: later\nclass C;")]
    [InlineData("class C { string s = \"TODO HACK NotImplementedException #region\"; }")]
    [InlineData("// HACKERS and todo lists\nclass C;")]
    public void The_same_letters_elsewhere_are_no_such_word(string text) =>
        Assert.Empty(Unfinished(new("src/P/C.cs", text)));

    [Theory]
    [InlineData("class C { [Fact(Skip = \"slow\")] void M() { } }")]
    [InlineData("class C { void M() { Thread.Sleep(1); } }")]
    [InlineData("class C { void M() { System.Threading.Thread.Sleep(1); } }")]
    [InlineData("class C { async Task M() { await Task.Delay(1); } }")]
    public void A_skipped_or_sleeping_test_is_found(string text) => Assert.Single(Sleepers(new("tests/P/C.cs", text)));

    [Theory]
    [InlineData("tests/P/C.cs", "class C { Task M() => Task.Delay(Time, clock.TimeProvider); }")]
    [InlineData("tests/P/C.cs", "class C { Task M() => Task.Delay(Timeout.Infinite, token); }")]
    [InlineData("tests/P/C.cs", "class C { string s = \"Thread.Sleep(1); Skip = 1\"; int Skip = 1; }")]
    [InlineData("tests/Interop.Tests/C.cs", "class C { void M() { Thread.Sleep(1); } }")]
    public void Virtual_time_and_real_peers_are_no_sleep(string path, string text) =>
        Assert.Empty(Sleepers(new(path, text)));

    [Theory]
    [InlineData("see /ho#me/someone/twisted/x.cs")]
    [InlineData("\"/wo#rk/main\"")]
    [InlineData("C:\\Use#rs\\someone")]
    public void A_path_of_one_machine_is_found(string line) =>
        Assert.Matches(MachinePath(), line.Replace("#", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("https://example.org/home/page")]
    [InlineData("docs/work/plan.md")]
    [InlineData("at work/home")]
    public void An_address_is_no_path_of_one_machine(string line) => Assert.DoesNotMatch(MachinePath(), line);

    private static IEnumerable<string> Unfinished(SourceFile source)
    {
        foreach (SyntaxToken token in source.Root.DescendantTokens())
        {
            if (token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == "NotImplementedException")
                yield return $"{source.At(token)}: not implemented";
        }
        foreach (SyntaxTrivia trivia in source.Root.DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
                yield return $"{source.At(trivia)}: a region hides that the file is too large; split the file";
            if (IsComment(trivia) && UnfinishedWord().Match(trivia.ToString()) is { Success: true } word)
                yield return $"{source.At(trivia)}: {word.Value.TrimEnd()} without the number of an issue";
        }
    }

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is
        SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia
        or SyntaxKind.SingleLineDocumentationCommentTrivia or SyntaxKind.MultiLineDocumentationCommentTrivia;

    private static IEnumerable<string> Sleepers(SourceFile source)
    {
        foreach (AttributeArgumentSyntax argument in source.Nodes.OfType<AttributeArgumentSyntax>())
        {
            if (argument.NameEquals?.Name.Identifier.ValueText == "Skip")
                yield return $"{source.At(argument)}: a skipped test proves nothing; mend it or delete it";
        }
        if (RealTime().IsMatch(source.Project))
            yield break;
        foreach (InvocationExpressionSyntax call in source.Nodes.OfType<InvocationExpressionSyntax>())
        {
            if (Sleep().IsMatch(call.Expression.ToString()) && !OtherClock().IsMatch(call.ArgumentList.ToString()))
                yield return $"{source.At(call)}: no real time in tests; use a VirtualClock";
        }
    }

    [GeneratedRegex(@"\bTODO\b(?!\s*\(?#\d)|\b(HACK|FIXME)\b")]
    private static partial Regex UnfinishedWord();

    [GeneratedRegex(@"(^|\.)(Thread\.Sleep|Task\.Delay)$")]
    private static partial Regex Sleep();

    /// <summary>A clock of the test's own, or no clock at all.</summary>
    [GeneratedRegex(@"[tT]imeProvider|\bTimeout\.Infinite")]
    private static partial Regex OtherClock();

    /// <summary>Projects that talk to real peers.</summary>
    [GeneratedRegex("Conformance|Interop")]
    private static partial Regex RealTime();

    [GeneratedRegex(@"(?<![\w./-])/(?:home|Users|work|root)/\w|\b[A-Z]:\\Users\\")]
    private static partial Regex MachinePath();
}
