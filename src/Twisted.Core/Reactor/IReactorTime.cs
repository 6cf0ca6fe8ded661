namespace Twisted.Internet;

/// <summary>The reactor's clock and its timers.</summary>
/// <remarks>
/// Reactor thread only, except <see cref="TimeProvider"/>, whose timers may be made anywhere and fire on the reactor
/// thread. Time is monotonic. Twisted: <c>IReactorTime</c>.
/// </remarks>
public interface IReactorTime
{
    /// <summary>Time since an arbitrary moment; it never goes back. Twisted: <c>seconds()</c>.</summary>
    TimeSpan Now { get; }

    /// <summary>The same clock for the BCL: <c>Task.Delay(time, reactor.TimeProvider)</c> obeys virtual time.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>The calls that wait, in no particular order: a snapshot.</summary>
    IReadOnlyCollection<IDelayedCall> DelayedCalls { get; }

    /// <summary>Calls once, later. Equal times run in the order in which they were scheduled.</summary>
    /// <param name="delay">From now; not negative. Zero means in the next iteration of the loop.</param>
    /// <param name="callback">What to call. An exception is logged and the loop goes on.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    IDelayedCall CallLater(TimeSpan delay, Action callback);

    /// <inheritdoc cref="CallLater(TimeSpan, Action)"/>
    /// <remarks>The twin for async lambdas; a failure of the Deferred is reported as unhandled.</remarks>
    IDelayedCall CallLater(TimeSpan delay, Func<Deferred> callback);

    /// <inheritdoc cref="CallLater(TimeSpan, Action)"/>
    /// <typeparam name="TState">The type of the argument.</typeparam>
    /// <param name="delay">From now; not negative.</param>
    /// <param name="callback">What to call.</param>
    /// <param name="state">Its argument, so that no closure is needed.</param>
    IDelayedCall CallLater<TState>(TimeSpan delay, Action<TState> callback, TState state);
}
