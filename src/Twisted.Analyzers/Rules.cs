using Microsoft.CodeAnalysis;

namespace Twisted.Analyzers;

/// <summary>The rules, one place for ids and words. docs/analyzers.md has a section for each.</summary>
internal static class Rules
{
    private const string DeferredRules = "Twisted.Deferred";
    private const string ReactorRules = "Twisted.Reactor";

    internal static readonly DiagnosticDescriptor AsyncVoidOverride = Rule(
        "TW0001", DeferredRules,
        "async void override of a protocol or factory",
        "'{0}' is async void: nothing waits for it and its failure belongs to nobody. Make it a plain method, move "
            + "the work to an async Deferred method, and give that to WhileConnected(...) or end it with "
            + "LogFailures(log).",
        "The engine calls the events of protocols and factories and goes on when they return; it cannot see the end "
            + "or the failure of an async void method.");

    internal static readonly DiagnosticDescriptor AsyncCallback = Rule(
        "TW0002", DeferredRules,
        "Asynchronous callback given to an Action of Twisted",
        "The callback given to '{0}' is asynchronous, but '{0}' takes it as {1}: nothing waits for it and its failure "
            + "is lost. Use an overload that takes a function returning Deferred, or start the work in a block body "
            + "and end it with LogFailures(log) or Forget().",
        "An async lambda that becomes an Action is async void; a lambda that returns a Task or Deferred and becomes "
            + "an Action drops it.");

    internal static readonly DiagnosticDescriptor StaleView = Rule(
        "TW0003", DeferredRules,
        "The chain has moved on to another type",
        "'{0}' takes the {1} of this chain, but a link added before it has moved the chain on to {2}. Add it to what "
            + "that link returned, or before that link.",
        "A link of another type returns a view of the same chain. The old view may still do all that needs no value; "
            + "a link that takes the value throws InvalidOperationException at run time.");

    internal static readonly DiagnosticDescriptor LeavesReactor = Rule(
        "TW0004", ReactorRules,
        "ConfigureAwait(false) in reactor code",
        "ConfigureAwait(false) leaves the reactor thread: what follows runs on the thread pool. Await without it, or "
            + "put the work that may run anywhere into Deferred.FromTask(...).",
        "Protocols, factories and async Deferred methods run on the reactor thread, and so must all that touches "
            + "them.");

    internal static readonly DiagnosticDescriptor ForeignClock = Rule(
        "TW0005", ReactorRules,
        "A wait in reactor code that does not obey the reactor's clock",
        "{0} {1}",
        "A wait on the system's clock cannot be tested in virtual time, and one that blocks stops every connection "
            + "of the reactor.");

    internal static readonly DiagnosticDescriptor Nondeterminism = Rule(
        "TW0006", ReactorRules,
        "Code that a simulation cannot repeat",
        "{0} {1}",
        "A simulation repeats a run from its seed as long as all time, chance and threads come from the reactor. "
            + "Switch this rule on for the projects that are simulated.",
        isOn: false);

    private static DiagnosticDescriptor Rule(
        string id, string category, string title, string message, string description, bool isOn = true) =>
        new(id, title, message, category, DiagnosticSeverity.Warning, isEnabledByDefault: isOn, description);
}
