namespace Twisted;

/// <summary>
/// Lets a number of holders in at a time, first come first served. Twisted: <c>DeferredSemaphore</c>.
/// </summary>
public sealed class DeferredSemaphore
{
    private readonly LinkedList<Deferred<Lease>> _waiting = [];
    private int _free;
    private bool _releasing;

    /// <summary>A semaphore.</summary>
    /// <param name="tokens">How many may hold it at a time; at least 1.</param>
    public DeferredSemaphore(int tokens)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tokens, 1);
        _free = tokens;
        Tokens = tokens;
    }

    /// <summary>How many may hold it at a time.</summary>
    public int Tokens { get; }

    /// <summary>How many wait for it now.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>
    /// Waits for a token: <c>using (await semaphore.Acquire()) ...</c>. Cancel it to leave the queue.
    /// </summary>
    public Deferred<Lease> Acquire()
    {
        if (_free > 0 && _waiting.Count == 0) // nobody overtakes those who wait, not even during a release
        {
            _free--;
            return Deferred.Succeed(new Lease(Release));
        }
        var waiting = new Deferred<Lease>(deferred => _waiting.Remove(deferred));
        _waiting.AddLast(waiting);
        return waiting;
    }

    /// <summary>Does some work while holding a token, and gives it back in any case.</summary>
    /// <param name="work">The work.</param>
    public Deferred Run(Func<Deferred> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Acquire().AddCallback(lease => Deferred.Try(work).Finally(lease.Dispose));
    }

    /// <inheritdoc cref="Run(Func{Deferred})"/>
    /// <typeparam name="T">The type of the work's value.</typeparam>
    public Deferred<T> Run<T>(Func<Deferred<T>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Acquire().AddCallback(lease => Deferred.Try(work).Finally(lease.Dispose));
    }

    private void Release()
    {
        _free++;
        if (_releasing)
            return; // a holder gave it back at once: the loop below goes on, so a long queue needs no deep stack
        _releasing = true;
        try
        {
            while (_free > 0 && _waiting.First is { } next)
            {
                _free--;
                _waiting.RemoveFirst();
                next.Value.Callback(new Lease(Release));
            }
        }
        finally
        {
            _releasing = false;
        }
    }
}
