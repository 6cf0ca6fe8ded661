namespace Twisted;

/// <summary>Lets one holder in at a time, first come first served. Twisted: <c>DeferredLock</c>.</summary>
public sealed class DeferredLock
{
    private readonly DeferredSemaphore _one = new(1);

    /// <summary>How many wait for it now.</summary>
    public int Waiting => _one.Waiting;

    /// <summary>Waits for the lock: <c>using (await gate.Acquire()) ...</c>. Cancel it to leave the queue.</summary>
    public Deferred<Lease> Acquire() => _one.Acquire();

    /// <summary>Does some work while holding the lock, and gives it back in any case.</summary>
    /// <param name="work">The work.</param>
    public Deferred Run(Func<Deferred> work) => _one.Run(work);

    /// <inheritdoc cref="Run(Func{Deferred})"/>
    /// <typeparam name="T">The type of the work's value.</typeparam>
    public Deferred<T> Run<T>(Func<Deferred<T>> work) => _one.Run(work);
}
