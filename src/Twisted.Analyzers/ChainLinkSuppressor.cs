using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Twisted.Analyzers;

/// <summary>
/// Silences CS4014 ("this call is not awaited") on the links of a chain. <c>d.AddCallback(f);</c> starts nothing that
/// could be awaited: it says what happens when d fires. A dropped <c>Start();</c> keeps its warning.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ChainLinkSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Link = new(
        "TWS0001", "CS4014", "A link added to a Deferred starts nothing: the chain itself is the result");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Link];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        if (TwistedTypes.Of(context.Compilation) is not { } types)
            return;
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            SyntaxNode call = LastCall(tree.GetRoot(context.CancellationToken).FindNode(
                diagnostic.Location.SourceSpan, getInnermostNodeForTie: true));
            if (context.GetSemanticModel(tree).GetSymbolInfo(call, context.CancellationToken).Symbol
                    is IMethodSymbol method
                && types.IsDeferredMember(method))
                context.ReportSuppression(Suppression.Create(Link, diagnostic));
        }
    }

    /// <summary>In <c>d?.AddCallback(f)</c> the call stands inside the conditional access.</summary>
    private static SyntaxNode LastCall(SyntaxNode node) => node switch
    {
        ExpressionStatementSyntax statement => LastCall(statement.Expression),
        ParenthesizedExpressionSyntax parenthesized => LastCall(parenthesized.Expression),
        ConditionalAccessExpressionSyntax conditional => LastCall(conditional.WhenNotNull),
        _ => node,
    };
}
