using System.Collections.Concurrent;

namespace Twisted.Internet;

/// <summary>Calls from any thread to the reactor thread, first in first out.</summary>
internal sealed class CallQueue(Action wake)
{
    private readonly ConcurrentQueue<QueuedCall> _calls = new();
    private int _wakePending; // 1 while a wake-up is on its way: the next callers need not wake again

    private volatile bool _closed;

    internal bool IsEmpty => _calls.IsEmpty;

    internal int Count => _calls.Count;

    /// <summary>Queues a call; from another thread the loop is woken.</summary>
    /// <returns>False when the loop has ended: the call is dropped with all that it holds.</returns>
    internal bool Add(QueuedCall call, bool inReactorThread)
    {
        _calls.Enqueue(call);
        // A full fence stands between the enqueue and the flag, as between the flag's reset and the count below:
        // without both a wake-up is lost about once in a million.
        if (!inReactorThread && Interlocked.Exchange(ref _wakePending, 1) == 0)
            wake();
        if (!_closed)
            return true;
        _calls.Clear();
        return false;
    }

    /// <summary>The loop has ended: nothing that waits, and nothing that comes, will be called.</summary>
    internal void Close()
    {
        _closed = true;
        _calls.Clear();
    }

    /// <summary>How many calls are there now: these, and no later ones, belong to this iteration.</summary>
    internal int BeginPhase()
    {
        Interlocked.Exchange(ref _wakePending, 0);
        return _calls.Count;
    }

    internal bool TryTake(out QueuedCall call) => _calls.TryDequeue(out call);
}

/// <summary>A queued call: an Action, a Func of Deferred, or a callback with its state.</summary>
internal readonly record struct QueuedCall(Delegate Callback, object? State = null)
{
    internal void Invoke()
    {
        switch (Callback)
        {
            case Action action:
                action();
                break;
            case SendOrPostCallback post:
                post(State);
                break;
            default:
                ((Func<Deferred>)Callback)().Forget();
                break;
        }
    }
}
