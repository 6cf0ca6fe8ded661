using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Twisted;

/// <summary>Where Deferreds were created and fired, kept only in <see cref="Deferred.DebugMode"/>.</summary>
internal static class DeferredTrace
{
    private static readonly ConditionalWeakTable<Deferred, Places> Known = [];

    private sealed class Places
    {
        internal StackTrace? Created;
        internal StackTrace? Fired;
    }

    internal static void Created(Deferred deferred) =>
        Known.GetOrCreateValue(deferred).Created = new StackTrace(2, true);

    internal static void Fired(Deferred deferred) => Known.GetOrCreateValue(deferred).Fired = new StackTrace(2, true);

    internal static AlreadyCalledException AlreadyCalled(Deferred deferred)
    {
        const string text = "This Deferred has already been fired: a Deferred fires once.";
        return Known.TryGetValue(deferred, out Places? places)
            ? new AlreadyCalledException($"{text}\nCreated:\n{places.Created}Fired first:\n{places.Fired}")
            : new AlreadyCalledException(text + " Set Deferred.DebugMode to see where.");
    }

    internal static string Describe(Deferred deferred) =>
        Known.TryGetValue(deferred, out Places? places)
            ? $" (created:\n{places.Created}fired:\n{places.Fired})"
            : "";
}
