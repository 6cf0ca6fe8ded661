namespace Twisted.Internet;

/// <summary>A <see cref="LoopingCall"/> from one Start to its end.</summary>
/// <remarks>
/// Each Start has its own, so that a callback can stop the loop and start it again: the first end waits for the
/// callback, the second run does not.
/// </remarks>
internal sealed class LoopingRun
{
    private readonly IReactorTime _reactor;
    private readonly Func<int, Deferred?> _callback;
    private readonly TimeSpan _interval;
    private TimeSpan _origin;       // calls fall on _origin + n * _interval: slot n
    private long _lastSlot;         // the slot of the last call; before the first one: the last that does not count
    private IDelayedCall? _next;    // null while the callback runs or is waited for
    private Deferred? _work;        // what the callback returned, while it is waited for

    internal LoopingRun(IReactorTime reactor, Func<int, Deferred?> callback, TimeSpan interval)
    {
        _reactor = reactor;
        _callback = callback;
        _interval = interval;
        _origin = reactor.Now;
        Ended = new Deferred(_ => Abandon());
    }

    internal bool IsRunning { get; private set; } = true;

    internal Deferred Ended { get; }

    internal void Begin(bool now)
    {
        if (now)
            Call(slot: 0, slots: 1);
        else
            Schedule();
    }

    internal void Stop()
    {
        IsRunning = false;
        if (_next is null)
            return; // the callback's end will be the end
        _next.Cancel();
        _next = null;
        Ended.Callback();
    }

    internal void Reset()
    {
        _origin = _reactor.Now;
        _lastSlot = 0;
        _next?.Reset(_interval); // if there is none, the end of the callback schedules on the new grid
    }

    private void Schedule()
    {
        TimeSpan delay = TimeSpan.Zero;
        if (_interval > TimeSpan.Zero)
        {
            TimeSpan elapsed = _reactor.Now - _origin;
            long current = elapsed.Ticks / _interval.Ticks;
            // A timer that came too early must not make two calls of one slot.
            long skip = Math.Max(0, _lastSlot - current);
            delay = TimeSpan.FromTicks(_interval.Ticks - (elapsed.Ticks % _interval.Ticks) + (skip * _interval.Ticks));
        }
        _next = _reactor.CallLater(delay, static run => run.CallNext(), this);
    }

    private void CallNext()
    {
        _next = null;
        if (_interval == TimeSpan.Zero)
        {
            Call(slot: 0, slots: 1);
            return;
        }
        long slot = Math.Max(_lastSlot + 1, (_reactor.Now - _origin).Ticks / _interval.Ticks);
        Call(slot, slots: (int)Math.Min(slot - _lastSlot, int.MaxValue));
    }

    private void Call(long slot, int slots)
    {
        _lastSlot = slot;
        Deferred? work;
        try
        {
            work = _callback(slots);
        }
        catch (Exception failure)
        {
            Fail(failure);
            return;
        }
        if (work is null)
        {
            GoOn();
            return;
        }
        _work = work;
        work.AddCallbacks(GoOn, Fail);
    }

    private void GoOn()
    {
        _work = null;
        if (IsRunning)
            Schedule();
        else if (!Ended.IsFired)
            Ended.Callback();
    }

    private void Fail(Exception failure)
    {
        _work = null;
        IsRunning = false;
        if (Ended.IsFired) // cancelled meanwhile: nobody else will hear of it
            FailureSink.Report(failure, nameof(LoopingCall));
        else
            Ended.Errback(failure);
    }

    private void Abandon()
    {
        IsRunning = false;
        _next?.Cancel();
        _next = null;
        _work?.Cancel();
    }
}
