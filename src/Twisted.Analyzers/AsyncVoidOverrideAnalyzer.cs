using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Twisted.Analyzers;

/// <summary>TW0001: an event of a protocol or factory is async void.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidOverrideAnalyzer() : TwistedRule(Rules.AsyncVoidOverride)
{
    private protected override void Start(CompilationStartAnalysisContext context, TwistedTypes types) =>
        context.RegisterSymbolAction(symbol => Check(symbol, types), SymbolKind.Method);

    private static void Check(SymbolAnalysisContext context, TwistedTypes types)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method is { IsAsync: true, ReturnsVoid: true }
            && types.HearsEvents(method.ContainingType)
            && (method.IsOverride || ImplementsEvent(method, types)))
            context.ReportDiagnostic(Diagnostic.Create(Rules.AsyncVoidOverride, method.Locations[0], method.Name));
    }

    private static bool ImplementsEvent(IMethodSymbol method, TwistedTypes types) =>
        method.ContainingType.AllInterfaces
            .Where(i => TwistedTypes.IsOfTwisted(i) && (types.IsEventInterface(i) || types.HearsEvents(i)))
            .SelectMany(i => i.GetMembers())
            .Any(member => SymbolEqualityComparer.Default.Equals(
                method.ContainingType.FindImplementationForInterfaceMember(member), method));
}
