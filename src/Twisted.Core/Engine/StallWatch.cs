using System.Runtime;

namespace Twisted.Internet;

/// <summary>
/// Measures each callback of a loop and tells of those that take too long. It costs two system calls a
/// callback, so it is there only when it was asked for; without it nothing asks the clock.
/// </summary>
/// <param name="clock">What the time is measured by.</param>
/// <param name="processorTime">What this thread has spent on a processor; null where the system does not tell.</param>
/// <param name="threshold">What is still allowed.</param>
/// <param name="told">Hears of what is longer.</param>
internal sealed class StallWatch(
    TimeProvider clock, Func<TimeSpan>? processorTime, TimeSpan threshold, Action<ReactorStall> told)
{
    private int _count;

    /// <summary>The begin of a callback.</summary>
    internal readonly record struct Lap(
        long Begun, TimeSpan Processor, TimeSpan Collecting, TimeSpan Compiling, int Count);

    internal Lap Begin() => new(clock.GetTimestamp(), processorTime?.Invoke() ?? TimeSpan.Zero,
        GC.GetTotalPauseDuration(), JitInfo.GetCompilationTime(currentThread: true), _count);

    /// <summary>The end of a callback.</summary>
    /// <param name="lap">Its begin.</param>
    /// <param name="whose">A delegate, a queued call, or the object that was called.</param>
    /// <param name="what">What it was called for.</param>
    internal void End(in Lap lap, object whose, string what)
    {
        TimeSpan elapsed = clock.GetElapsedTime(lap.Begun);
        // One that is inside another, on a layer of TLS say, is told once: the inner one knows best who it was.
        if (elapsed <= threshold || lap.Count != _count)
            return;
        _count++;
        told(new ReactorStall($"{CallbackName.Of(whose)}: {what}", elapsed,
            processorTime is null ? elapsed : processorTime() - lap.Processor,
            GC.GetTotalPauseDuration() - lap.Collecting,
            JitInfo.GetCompilationTime(currentThread: true) - lap.Compiling));
    }

    /// <summary>A callback that is measured whenever it is called.</summary>
    internal Action Watching(Action callback, object whose, string what) => () =>
    {
        Lap lap = Begin();
        callback();
        End(lap, whose, what);
    };
}

/// <summary>Readiness of a socket, measured.</summary>
internal sealed class WatchedEvents(StallWatch watch, ISocketEvents events, Func<object> whose) : ISocketEvents
{
    public void OnReadable()
    {
        StallWatch.Lap lap = watch.Begin();
        events.OnReadable();
        watch.End(lap, whose(), "connection readable");
    }

    public void OnWritable()
    {
        StallWatch.Lap lap = watch.Begin();
        events.OnWritable();
        watch.End(lap, whose(), "connection writable");
    }
}
