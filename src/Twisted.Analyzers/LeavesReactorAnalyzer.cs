using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Twisted.Analyzers;

/// <summary>TW0004: ConfigureAwait(false) in reactor code.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LeavesReactorAnalyzer() : TwistedRule(Rules.LeavesReactor)
{
    private const int ContinueOnCapturedContext = 1; // the bit of System.Threading.Tasks.ConfigureAwaitOptions

    private protected override void Start(CompilationStartAnalysisContext context, TwistedTypes types) =>
        context.RegisterOperationAction(operation => Check(operation, types), OperationKind.Invocation);

    private static void Check(OperationAnalysisContext context, TwistedTypes types)
    {
        var call = (IInvocationOperation)context.Operation;
        if (call.TargetMethod.Name == "ConfigureAwait"
            && call.TargetMethod.ContainingNamespace.ToDisplayString() == "System.Threading.Tasks"
            && call.Arguments.Any(argument => LeavesContext(argument.Value.ConstantValue))
            && ReactorCode.Contains(call, context.ContainingSymbol, types, fromTaskIsOutside: true))
            context.ReportDiagnostic(Diagnostic.Create(Rules.LeavesReactor, call.NameLocation()));
    }

    private static bool LeavesContext(Optional<object?> argument) => argument.Value switch
    {
        bool continueOnCapturedContext => !continueOnCapturedContext,
        int options => (options & ContinueOnCapturedContext) == 0,
        _ => false,
    };
}
