using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

// Failures of user code: each is reported once, here, and stops nothing else.
internal partial class ReactorBase
{
    private readonly UnfailingLogger _log;
    private readonly ReactorFailureSink _sink;

    public event Action<UnhandledFailure>? UnhandledFailure;

    internal ILogger Log => _log;

    /// <summary>Failures that were reported so far.</summary>
    internal int FailuresReported { get; private set; }

    /// <summary>Those of them that nobody listened for, and the first.</summary>
    private (int Count, UnhandledFailure? First) _unheard;

    /// <summary>Messages that the log did not take.</summary>
    internal int MessagesNotLogged => _log.Lost;

    /// <summary>Chains that ended failed and that nobody has looked at: they will be reported when collected.</summary>
    internal int FailuresOutstanding => Volatile.Read(ref _sink.Outstanding);

    /// <summary>What is open or pending, one line each, for a test that wants nothing left behind.</summary>
    internal virtual IEnumerable<string> Leftovers()
    {
        foreach (IDelayedCall call in DelayedCalls)
            yield return $"{call}";
        foreach (StreamTransport connection in Connections.ToArray())
            yield return $"a connection from {connection.Host} to {connection.Peer}";
        foreach (ConnectAttempt attempt in Attempts)
            yield return $"an attempt to connect to {attempt.Destination}";
        foreach (IOpenPort port in Ports)
            yield return $"an open port {port.Host}";
        foreach (ProcessTransport process in Processes)
            yield return $"a child {process}";
        if (_inThreads > 0 && !_ended.IsCancellationRequested)
            yield return $"work in threads that has not ended: {_inThreads}";
        if (FailuresOutstanding > 0)
            yield return $"failed Deferreds that nobody has looked at: {FailuresOutstanding}";
        if (_unheard.First is { } first)
            yield return $"failures that were only logged: {_unheard.Count}, the first in {first.Source}: "
                + first.Exception.Message;
        if (Invariants.First is { } broken)
            yield return $"rules that the engine itself broke: {Invariants.Broken}, the first: {broken}";
    }

    /// <summary>A callback of the user's threw, or a chain ended failed. Reactor thread.</summary>
    internal void Report(Exception failure, string source)
    {
        FailuresReported++;
        EngineLog.Unhandled(_log, failure, source);
        try
        {
            OnUnhandledFailure(new UnhandledFailure(failure, source), UnhandledFailure);
        }
        catch (Exception inListener)
        {
            EngineLog.Unhandled(_log, inListener, "UnhandledFailure event");
        }
    }

    /// <summary>Tells those who listen. A reactor for tests fails the test when nobody does.</summary>
    protected virtual void OnUnhandledFailure(UnhandledFailure failure, Action<UnhandledFailure>? listeners)
    {
        if (listeners is null)
            _unheard = (_unheard.Count + 1, _unheard.First ?? failure);
        else
            listeners(failure);
    }

    private sealed class ReactorFailureSink(ReactorBase reactor) : FailureSink
    {
        internal override void Lost(Exception failure, string source)
        {
            if (reactor.IsInReactorThread)
                reactor.Report(failure, source);
            else if (!reactor.Enqueue(new QueuedCall(() => reactor.Report(failure, source))))
                Deferred.RaiseUnhandledFailure(failure); // the reactor has ended: nobody else would tell
        }
    }
}
