using System.Runtime.CompilerServices;

namespace Twisted.Internet;

/// <summary>What every clock can do because it can call later.</summary>
public static class ReactorTimeExtensions
{
    extension(IReactorTime reactor)
    {
        /// <summary>Fires after a while: <c>await reactor.DeferLater(FromSeconds(1));</c></summary>
        /// <param name="delay">From now; not negative.</param>
        /// <returns>Cancelling it drops the timer. Twisted: <c>task.deferLater</c>.</returns>
        public Deferred DeferLater(TimeSpan delay)
        {
            ArgumentNullException.ThrowIfNull(reactor);
            IDelayedCall? call = null;
            var later = new Deferred(_ => call!.Cancel());
            call = reactor.CallLater(delay, static deferred => deferred.Callback(), later);
            return later;
        }

        /// <summary>Calls after a while and yields what that returns.</summary>
        /// <typeparam name="T">The type of the value.</typeparam>
        /// <param name="delay">From now; not negative.</param>
        /// <param name="callback">What to call.</param>
        /// <returns>Cancelling it drops the timer.</returns>
        public Deferred<T> DeferLater<T>(TimeSpan delay, Func<T> callback)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return reactor.DeferLater(delay).AddCallback(callback);
        }

        /// <summary>Calls after a while and waits for the Deferred.</summary>
        /// <typeparam name="T">The type of the value.</typeparam>
        /// <param name="delay">From now; not negative.</param>
        /// <param name="callback">What to call.</param>
        /// <returns>Cancelling it drops the timer, or cancels what the callback returned.</returns>
        [OverloadResolutionPriority(1)]
        public Deferred<T> DeferLater<T>(TimeSpan delay, Func<Deferred<T>> callback)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return reactor.DeferLater(delay).AddCallback(callback);
        }

        /// <summary>Calls after a while and waits for the Deferred.</summary>
        /// <param name="delay">From now; not negative.</param>
        /// <param name="callback">What to call.</param>
        /// <returns>Cancelling it drops the timer, or cancels what the callback returned.</returns>
        [OverloadResolutionPriority(1)]
        public Deferred DeferLater(TimeSpan delay, Func<Deferred> callback)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return reactor.DeferLater(delay).AddCallback(callback);
        }
    }
}
