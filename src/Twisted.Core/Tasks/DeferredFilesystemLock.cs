using System.Globalization;
using Twisted.Internet;

namespace Twisted;

/// <summary>
/// Waits for a lock in the file system, looking once a second. Twisted: <c>defer.DeferredFilesystemLock</c>.
/// </summary>
/// <remarks>Reactor thread only. One wait at a time: who asks twice would hold it once.</remarks>
public sealed class DeferredFilesystemLock
{
    // Twisted's. A file has no event for it, and who waits for another program does not wait for milliseconds.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly IReactorTime _reactor;
    private readonly IFilesystemLock _file;
    private Deferred? _waiting;
    private IDelayedCall? _next;

    /// <summary>Waits for a lock.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="file">The lock; FilesystemLock of Twisted.Runtime is one.</param>
    public DeferredFilesystemLock(IReactorTime reactor, IFilesystemLock file)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(file);
        _reactor = reactor;
        _file = file;
    }

    /// <summary>Whether it is held here.</summary>
    public bool IsLocked => _file.IsLocked;

    /// <summary>Waits until the lock is held. Cancel it to wait no longer.</summary>
    /// <param name="timeout">How long, not negative; without one for ever.</param>
    /// <returns>
    /// Fires when the lock is held. Fails with <see cref="TimeoutException"/>, with <see cref="IOException"/> when the
    /// file cannot be made, with <see cref="InvalidOperationException"/> while another wait goes on.
    /// </returns>
    public Deferred DeferUntilLocked(TimeSpan? timeout = null)
    {
        if (timeout is { } limit)
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero, nameof(timeout));
        if (_waiting is not null)
        {
            return Deferred.Fail(new InvalidOperationException(
                $"A wait for the lock {_file.Path} goes on already. Wait for its end, or cancel it."));
        }
        var waiting = new Deferred();
        _waiting = waiting;
        IDelayedCall? end = null;
        Deferred result = waiting.Finally(() =>
        {
            _waiting = null;
            _next?.Cancel();
            end?.Cancel();
        });
        Attempt();
        if (timeout is { } within && !waiting.IsFired)
            end = _reactor.CallLater(within, () => waiting.Errback(LateFailure(within)));
        return result;
    }

    /// <summary>Gives the lock back.</summary>
    /// <exception cref="InvalidOperationException">It is not held here.</exception>
    public void Unlock() => _file.Unlock();

    private void Attempt()
    {
        try
        {
            if (_file.TryLock())
                _waiting!.Callback();
            else
                _next = _reactor.CallLater(Interval, Attempt);
        }
        catch (Exception failure)
        {
            _waiting!.Errback(failure);
        }
    }

    private TimeoutException LateFailure(TimeSpan timeout) => new(string.Create(CultureInfo.InvariantCulture,
        $"The lock {_file.Path} was not free within {timeout.TotalSeconds} s. Look who holds it, or wait longer."));
}
