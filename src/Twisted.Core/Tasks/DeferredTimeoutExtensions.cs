using System.Globalization;
using Twisted.Internet;

namespace Twisted;

/// <summary>
/// Deferreds with a limit of time. Here and not on Deferred: docs/adr/002-addtimeout-is-an-extension.md.
/// </summary>
public static class DeferredTimeoutExtensions
{
    /// <summary>
    /// Cancels the chain when it has no result in time; it then fails with <see cref="TimeoutException"/> in place of
    /// <see cref="CancelledException"/>. Any other result, of the canceller too, stays as it is.
    /// </summary>
    /// <param name="deferred">The chain. Links that are added after this one are not timed.</param>
    /// <param name="timeout">From now; not negative.</param>
    /// <param name="reactor">The clock. The timer is dropped when there is a result.</param>
    public static Deferred AddTimeout(this Deferred deferred, TimeSpan timeout, IReactorTime reactor)
    {
        ArgumentNullException.ThrowIfNull(deferred);
        ArgumentNullException.ThrowIfNull(reactor);
        bool late = false;
        IDelayedCall call = reactor.CallLater(timeout, () =>
        {
            late = true;
            deferred.Cancel();
        });
        deferred.Watch(outcome =>
        {
            call.Cancel();
            if (late && outcome.Failure is CancelledException cancelled)
                throw new TimeoutException(string.Create(CultureInfo.InvariantCulture,
                    $"The operation had no result within {timeout.TotalSeconds} s and was cancelled."), cancelled);
            return false;
        });
        return deferred;
    }

    /// <inheritdoc cref="AddTimeout(Deferred, TimeSpan, IReactorTime)"/>
    /// <typeparam name="T">The type of the value.</typeparam>
    public static Deferred<T> AddTimeout<T>(this Deferred<T> deferred, TimeSpan timeout, IReactorTime reactor)
    {
        AddTimeout((Deferred)deferred, timeout, reactor);
        return deferred;
    }
}
