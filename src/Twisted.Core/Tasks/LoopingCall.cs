using System.Runtime.CompilerServices;

namespace Twisted.Internet;

/// <summary>Calls again and again, at an interval. Twisted: <c>task.LoopingCall</c>.</summary>
/// <remarks>
/// Reactor thread only. Calls fall on a grid that begins at <see cref="Start"/>, so they do not drift. When the reactor
/// is late, or the callback's Deferred takes longer than the interval, the slots meanwhile are skipped, not made up
/// for.
/// </remarks>
public sealed class LoopingCall
{
    private readonly IReactorTime _reactor;
    private readonly Func<int, Deferred?> _callback;
    private LoopingRun? _run;

    /// <summary>A loop that calls; it begins with <see cref="Start"/>.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="callback">What to call. An exception ends the loop.</param>
    public LoopingCall(IReactorTime reactor, Action callback) : this(reactor, Counted(callback)) { }

    /// <summary>A loop that calls and waits for the Deferred before it calls again.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="callback">What to call. A failure ends the loop.</param>
    [OverloadResolutionPriority(1)]
    public LoopingCall(IReactorTime reactor, Func<Deferred> callback) : this(reactor, Counted(callback)) { }

    private LoopingCall(IReactorTime reactor, Func<int, Deferred?> callback)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        _reactor = reactor;
        _callback = callback;
    }

    /// <summary>Whether it was started, and has neither been stopped nor failed.</summary>
    public bool IsRunning => _run is { IsRunning: true };

    /// <summary>
    /// A loop whose callback is told how many slots have passed since the last call: 1 if none was skipped.
    /// </summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="callback">What to call, with the number of slots. Always 1 with an interval of zero.</param>
    public static LoopingCall WithCount(IReactorTime reactor, Action<int> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new LoopingCall(reactor, slots =>
        {
            callback(slots);
            return null;
        });
    }

    /// <inheritdoc cref="WithCount(IReactorTime, Action{int})"/>
    /// <remarks>The twin for async lambdas: its Deferred is waited for.</remarks>
    [OverloadResolutionPriority(1)]
    public static LoopingCall WithCount(IReactorTime reactor, Func<int, Deferred> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new LoopingCall(reactor, slots => callback(slots) ?? throw Deferred.ReturnedNull());
    }

    /// <summary>Begins to call.</summary>
    /// <param name="interval">Between two calls. Zero: in every iteration of the reactor.</param>
    /// <param name="now">Whether the first call is made here, or after one interval.</param>
    /// <returns>
    /// Fires when the loop was stopped and the callback has ended; fails with what the callback fails with. Cancelling
    /// it stops the loop and cancels the callback's Deferred.
    /// </returns>
    /// <exception cref="InvalidOperationException">It runs already.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="interval"/> is negative.</exception>
    public Deferred Start(TimeSpan interval, bool now = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        if (IsRunning)
            throw new InvalidOperationException("This LoopingCall runs already: stop it before you start it again.");
        LoopingRun run = _run = new LoopingRun(_reactor, _callback, interval);
        run.Begin(now); // the callback may stop it, and even start it again
        return run.Ended;
    }

    /// <summary>Ends the loop. A callback that runs, or whose Deferred is pending, is waited for.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public void Stop() => Running("stop").Stop();

    /// <summary>Begins the grid anew: the next call comes one interval from now.</summary>
    /// <exception cref="InvalidOperationException">It does not run.</exception>
    public void Reset() => Running("reset").Reset();

    private LoopingRun Running(string verb) => IsRunning
        ? _run!
        : throw new InvalidOperationException($"This LoopingCall does not run: there is nothing to {verb}.");

    private static Func<int, Deferred?> Counted(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return _ =>
        {
            callback();
            return null;
        };
    }

    private static Func<int, Deferred?> Counted(Func<Deferred> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return _ => callback() ?? throw Deferred.ReturnedNull();
    }
}
