using System.Runtime.CompilerServices;

namespace Twisted.Internet;

// Callbacks that take too long, when somebody wants to know.
internal partial class ReactorBase
{
    private readonly LogThrottle _stallLines = new();
    private Action<ReactorStall>? _stalled;

    /// <summary>Measures the callbacks; null when nobody has asked for it.</summary>
    internal StallWatch? Stalls { get; private set; }

    /// <summary>From now on callbacks are measured. Before anything is opened: later it would miss what is.</summary>
    internal void WatchStalls(TimeSpan threshold, Func<TimeSpan>? processorTime, Action<ReactorStall>? stalled)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(threshold, TimeSpan.Zero);
        _stalled = stalled;
        Stalls = new StallWatch(_driver.TimeProvider, processorTime, threshold, Told);
    }

    /// <summary>What is given to a driver to call, measured if that was asked for.</summary>
    internal Action Watched(Action callback, object whose, string what) =>
        Stalls?.Watching(callback, whose, what) ?? callback;

    private void Told(ReactorStall stall)
    {
        ReactorMeter.Stalls.Add(1, ReactorMeter.Tag(this));
        if (_stallLines.Count(Now) is > 0 and int count)
            EngineLog.Stalled(_log, count, stall.Callback, stall.Elapsed.TotalMilliseconds,
                stall.Worked.TotalMilliseconds, stall.Collecting.TotalMilliseconds, stall.Compiling.TotalMilliseconds);
        try
        {
            _stalled?.Invoke(stall);
        }
        catch (Exception failure)
        {
            Report(failure, "Stalled callback");
        }
    }

    // Apart, so that the loops that call them stay as small as without a watch.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void InvokeWatched(StallWatch stalls, QueuedCall call) =>
        InvokeWatched(stalls, call.Invoke, call, "call from thread");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void InvokeWatched(StallWatch stalls, DelayedCall call) =>
        InvokeWatched(stalls, call.Invoke, call.Callback!, "timer");

    /// <summary>One call of the queue or of a timer with all that it leads to, measured.</summary>
    private void InvokeWatched(StallWatch stalls, Action invoke, object whose, string source)
    {
        StallWatch.Lap lap = stalls.Begin();
        try
        {
            invoke();
        }
        catch (Exception failure)
        {
            Report(failure, source);
        }
        Flush();
        stalls.End(lap, whose, source);
    }
}
