using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Twisted.Analyzers;

/// <summary>TW0005: a wait in reactor code that virtual time cannot move.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ForeignClockAnalyzer() : TwistedRule(Rules.ForeignClock)
{
    private const string RunsOnSystemClock = "runs on the system's clock, not on the reactor's.";
    private const string PassTimeProvider = RunsOnSystemClock + " Pass reactor.TimeProvider";
    private const string OrDeferLater = ", or await reactor.DeferLater(delay).";
    private const string OrAddTimeout = ", or use AddTimeout on a Deferred.";
    private const string UseCallLater = RunsOnSystemClock + " Use reactor.CallLater(delay, callback).";
    private const string Blocks =
        "blocks the reactor thread. Use reactor.CallLater(delay, callback), or DeferToThread for blocking work.";

    private protected override void Start(CompilationStartAnalysisContext context, TwistedTypes types) =>
        context.RegisterOperationAction(
            operation => Check(operation, types), OperationKind.Invocation, OperationKind.ObjectCreation);

    private static void Check(OperationAnalysisContext context, TwistedTypes types)
    {
        IMethodSymbol? called = context.Operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (called is null || called.Parameters.Any(IsTimeProvider) || Advice(called, types) is not { } advice)
            return;
        if (WaitsForEver(context.Operation)
            || !ReactorCode.Contains(context.Operation, context.ContainingSymbol, types))
            return;
        string what = called.MethodKind == MethodKind.Constructor
            ? $"new {called.ContainingType.Name}"
            : $"{called.ContainingType.Name}.{called.Name}";
        context.ReportDiagnostic(Diagnostic.Create(
            Rules.ForeignClock, context.Operation.NameLocation(), what, advice));
    }

    /// <summary>What to do instead; null when the call waits for no clock.</summary>
    private static string? Advice(IMethodSymbol called, TwistedTypes types)
    {
        if (called.Name == "WaitAsync" && types.IsTask(called.ContainingType) && called.Parameters.Any(IsTime))
            return PassTimeProvider + OrAddTimeout;
        return (called.ContainingType.ToDisplayString(), called.Name) switch
        {
            ("System.Threading.Tasks.Task", "Delay") => PassTimeProvider + OrDeferLater,
            ("System.Threading.Thread", "Sleep") => Blocks,
            ("System.Threading.Timer" or "System.Timers.Timer", WellKnownMemberNames.InstanceConstructorName) =>
                UseCallLater,
            ("System.Threading.PeriodicTimer", WellKnownMemberNames.InstanceConstructorName) =>
                PassTimeProvider + ", or use a LoopingCall.",
            ("System.Threading.CancellationTokenSource", WellKnownMemberNames.InstanceConstructorName)
                when called.Parameters.Any(IsTime) => PassTimeProvider + OrAddTimeout,
            _ => null,
        };
    }

    /// <summary>It needs no clock: <c>Task.Delay(Timeout.Infinite, token)</c> waits for the token.</summary>
    private static bool WaitsForEver(IOperation operation) =>
        operation.ChildOperations.OfType<IArgumentOperation>().Any(argument =>
            argument.Value.ConstantValue.Value is -1
            || argument.Value is IFieldReferenceOperation { Field.ContainingType.Name: "Timeout" });

    private static bool IsTimeProvider(IParameterSymbol parameter) =>
        parameter.Type is { Name: "TimeProvider", ContainingNamespace.Name: "System" };

    private static bool IsTime(IParameterSymbol parameter) =>
        parameter.Type.SpecialType == SpecialType.System_Int32
        || parameter.Type is { Name: "TimeSpan", ContainingNamespace.Name: "System" };
}
