namespace Twisted;

/// <summary>
/// Where the failures of chains go that nobody handles: the reactor of this thread, or the static event.
/// </summary>
internal abstract class FailureSink
{
    [ThreadStatic] private static FailureSink? _current;

    /// <summary>The sink of this thread; a reactor sets it while it runs user code.</summary>
    internal static FailureSink? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>
    /// Chains that have ended failed and that nobody has looked at yet. Tests count it; no GC is needed.
    /// </summary>
    internal int Outstanding;

    /// <summary>A failure is lost for good. Any thread (the finalizer's among them).</summary>
    internal abstract void Lost(Exception failure, string source);

    internal static void Report(Exception failure, string source)
    {
        if (_current is { } sink)
            sink.Lost(failure, source);
        else
            Deferred.RaiseUnhandledFailure(failure);
    }
}
