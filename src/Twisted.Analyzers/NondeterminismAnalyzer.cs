using System.Collections.Generic;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Twisted.Analyzers;

/// <summary>TW0006: what a seed does not repeat. Off unless a project switches it on.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NondeterminismAnalyzer() : TwistedRule(Rules.Nondeterminism)
{
    private const string Clock = "reads the machine's clock: take the reactor's TimeProvider.";
    private const string Chance = "is different in each run: take a Random that is given, with a seed in tests.";
    private const string Threads =
        "runs on other threads, in an order that nothing repeats: use reactor.DeferToThread or reactor.CallLater.";

    /// <summary>Whole types, by their documentation name, and single members of others.</summary>
    private static readonly ImmutableDictionary<string, string> Advice = new Dictionary<string, string>
    {
        ["System.DateTime.Now"] = Clock,
        ["System.DateTime.UtcNow"] = Clock,
        ["System.DateTime.Today"] = Clock,
        ["System.DateTimeOffset.Now"] = Clock,
        ["System.DateTimeOffset.UtcNow"] = Clock,
        ["System.Environment.TickCount"] = Clock,
        ["System.Environment.TickCount64"] = Clock,
        ["System.TimeProvider.System"] = Clock,
        ["System.Diagnostics.Stopwatch"] = Clock,
        ["System.Random.Shared"] = Chance,
        ["System.Guid.NewGuid"] = Chance,
        ["System.Guid.CreateVersion7"] = Chance,
        ["System.Security.Cryptography.RandomNumberGenerator"] = Chance,
        ["System.Threading.Thread"] = Threads,
        ["System.Threading.ThreadPool"] = Threads,
        ["System.Threading.Tasks.Parallel"] = Threads,
        ["System.Threading.Tasks.Task.Run"] = Threads,
        ["System.Threading.Tasks.TaskFactory.StartNew"] = Threads,
    }.ToImmutableDictionary();

    private protected override void Start(CompilationStartAnalysisContext context, TwistedTypes types) =>
        context.RegisterOperationAction(
            Check, OperationKind.Invocation, OperationKind.PropertyReference, OperationKind.ObjectCreation);

    private static void Check(OperationAnalysisContext context)
    {
        ISymbol? used = context.Operation switch
        {
            IInvocationOperation call => call.TargetMethod,
            IPropertyReferenceOperation property => property.Property,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (used is not { ContainingType: { } type } || AdviceOn(used, type.ToDisplayString()) is not { } advice)
            return;
        string what = used is IMethodSymbol { MethodKind: MethodKind.Constructor }
            ? $"new {type.Name}"
            : $"{type.Name}.{used.Name}";
        context.ReportDiagnostic(Diagnostic.Create(
            Rules.Nondeterminism, context.Operation.NameLocation(), what, advice));
    }

    private static string? AdviceOn(ISymbol used, string type)
    {
        if (Advice.TryGetValue($"{type}.{used.Name}", out string? advice) || Advice.TryGetValue(type, out advice))
            return advice;
        // A seed makes it repeatable.
        bool isUnseeded = type == "System.Random" && used is IMethodSymbol
        {
            MethodKind: MethodKind.Constructor,
            Parameters.Length: 0,
        };
        return isUnseeded ? Chance : null;
    }
}
