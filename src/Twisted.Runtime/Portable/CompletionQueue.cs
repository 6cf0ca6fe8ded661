namespace Twisted.Internet;

/// <summary>
/// Where the thread pool's completions wait for the reactor thread, and where the reactor thread waits for them.
/// </summary>
internal sealed class CompletionQueue
{
    private readonly object _gate = new();
    private readonly Queue<IReadySource> _ready = []; // reactor thread only
    private Queue<ICompletion> _completed = [];           // under the gate
    private Queue<ICompletion> _taken = [];               // reactor thread only; the two are exchanged
    private bool _woken;                                // under the gate
    private bool _closed;                               // under the gate

    /// <summary>An operation has ended. Any thread.</summary>
    internal void Post(ICompletion operation)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _completed.Enqueue(operation);
                Monitor.Pulse(_gate);
                return;
            }
        }
        operation.Abandon();
    }

    /// <summary>Ends a poll, or the next one. Any thread.</summary>
    internal void Wake()
    {
        lock (_gate)
        {
            _woken = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>This source can raise something: the next poll does it, and does not wait.</summary>
    internal void Ready(IReadySource source)
    {
        if (source.IsQueued)
            return;
        source.IsQueued = true;
        _ready.Enqueue(source);
    }

    /// <summary>Whether sources wait for the next poll. Reactor thread.</summary>
    internal bool HasReady => _ready.Count > 0;

    /// <summary>Waits until there is something to poll for. A thread that waits in the reactor's place.</summary>
    internal void Wait(TimeSpan timeout)
    {
        lock (_gate)
        {
            if (!_woken && _completed.Count == 0)
                Monitor.Wait(_gate, PollTimeout.ToMilliseconds(timeout));
        }
    }

    /// <summary>Waits and raises.</summary>
    /// <returns>Whether there was anything.</returns>
    internal bool Poll(TimeSpan timeout, BusyTime busy)
    {
        int milliseconds = _ready.Count > 0 ? 0 : PollTimeout.ToMilliseconds(timeout);
        lock (_gate)
        {
            busy.BeginWait();
            if (milliseconds != 0 && !_woken && _completed.Count == 0)
                Monitor.Wait(_gate, milliseconds);
            busy.EndWait();
            _woken = false;
            (_taken, _completed) = (_completed, _taken);
        }
        while (_taken.TryDequeue(out ICompletion? operation))
            operation.End();
        // What becomes ready from now on waits for the next poll: calls and timers come between.
        int present = _ready.Count;
        for (int i = 0; i < present; i++)
        {
            IReadySource source = _ready.Dequeue();
            source.IsQueued = false;
            source.Raise();
        }
        return present > 0;
    }

    /// <summary>Nobody polls any more: what completes late is let go.</summary>
    internal void Close()
    {
        lock (_gate)
            _closed = true;
        while (_completed.TryDequeue(out ICompletion? operation))
            operation.Abandon();
    }
}

/// <summary>Something that has ended on another thread and is waited for on the reactor's.</summary>
internal interface ICompletion
{
    /// <summary>The poll has taken it from the queue.</summary>
    void End();

    /// <summary>Nobody polls any more: nobody wants its result.</summary>
    void Abandon();
}

/// <summary>Something that can raise events. Reactor thread only.</summary>
internal interface IReadySource
{
    /// <summary>Whether it stands in the queue to be raised already.</summary>
    bool IsQueued { get; set; }

    /// <summary>Raises what is ready, and sees to it that it hears of what comes next.</summary>
    void Raise();
}
