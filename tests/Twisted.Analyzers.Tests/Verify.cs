using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Twisted.Analyzers.Tests;

/// <summary>
/// Runs one analyzer over text in which «» enclose what it has to mark, and compares. Text without marks has to stay
/// silent. The text must compile.
/// </summary>
internal static class Verify
{
    /// <summary>A library that breaks one rule, or none.</summary>
    internal static Task Rule<TAnalyzer>(string id, string marked) where TAnalyzer : DiagnosticAnalyzer, new() =>
        Run(new TAnalyzer(), id, marked, Sources.Library);

    /// <summary>The same for top-level statements.</summary>
    internal static Task RuleInScript<TAnalyzer>(string id, string marked)
        where TAnalyzer : DiagnosticAnalyzer, new() =>
        Run(new TAnalyzer(), id, marked, Sources.Script);

    /// <summary>CS4014 is left exactly at the marks.</summary>
    internal static Task UnawaitedCalls(string marked) =>
        Run(new ChainLinkSuppressor(), "CS4014", marked, Sources.Library);

    /// <summary>The same for top-level statements.</summary>
    internal static Task UnawaitedCallsInScript(string marked) =>
        Run(new ChainLinkSuppressor(), "CS4014", marked, Sources.Script);

    /// <summary>The messages of a rule, for what the spans do not show.</summary>
    internal static async Task<string[]> Messages<TAnalyzer>(string id, string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        ImmutableArray<Diagnostic> all = await Diagnose(new TAnalyzer(), Sources.Library(source));
        return [.. all.Where(d => d.Id == id).Select(d => d.GetMessage(null))];
    }

    private static async Task Run(
        DiagnosticAnalyzer analyzer, string id, string marked, Func<string, CSharpCompilation> compile)
    {
        (string source, List<TextSpan> expected) = Unmark(marked);
        ImmutableArray<Diagnostic> all = await Diagnose(analyzer, compile(source));
        Assert.Empty(all.Where(d => d.Id != id && d.DefaultSeverity == DiagnosticSeverity.Error));
        Assert.All(all.Where(d => d.Id == id), d => Assert.Equal(DiagnosticSeverity.Error, d.Severity));
        Assert.Equal(
            expected.Select(span => source.Substring(span.Start, span.Length)),
            all.Where(d => d.Id == id).OrderBy(d => d.Location.SourceSpan.Start)
                .Select(d => source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)));
        Assert.Equal(
            expected,
            all.Where(d => d.Id == id).Select(d => d.Location.SourceSpan).Order());
    }

    private static async Task<ImmutableArray<Diagnostic>> Diagnose(
        DiagnosticAnalyzer analyzer, CSharpCompilation compilation)
    {
        var failures = new List<Exception>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (failure, _, _) => failures.Add(failure),
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false);
        ImmutableArray<Diagnostic> all =
            await compilation.WithAnalyzers([analyzer], options).GetAllDiagnosticsAsync();
        Assert.Empty(failures);
        return all;
    }

    private static (string Source, List<TextSpan> Spans) Unmark(string marked)
    {
        var source = new System.Text.StringBuilder();
        var spans = new List<TextSpan>();
        int start = 0;
        foreach (char c in marked)
        {
            if (c == '«')
                start = source.Length;
            else if (c == '»')
                spans.Add(TextSpan.FromBounds(start, source.Length));
            else
                source.Append(c);
        }
        return (source.ToString(), spans);
    }
}
