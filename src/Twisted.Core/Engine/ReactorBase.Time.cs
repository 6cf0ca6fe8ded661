namespace Twisted.Internet;

// IReactorTime.
internal partial class ReactorBase
{
    public TimeSpan Now => _timers.Now;

    public TimeProvider TimeProvider { get; }

    public IReadOnlyCollection<IDelayedCall> DelayedCalls => _timers.Snapshot();

    public IDelayedCall CallLater(TimeSpan delay, Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Schedule(new DelayedAction(_timers, callback), delay);
    }

    public IDelayedCall CallLater(TimeSpan delay, Func<Deferred> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Schedule(new DelayedDeferred(_timers, callback), delay);
    }

    public IDelayedCall CallLater<TState>(TimeSpan delay, Action<TState> callback, TState state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return Schedule(new DelayedAction<TState>(_timers, callback, state), delay);
    }

    private IDelayedCall Schedule(DelayedCall call, TimeSpan delay)
    {
        IDelayedCall scheduled = _timers.Add(call, delay);
        WakeFromOutside();
        return scheduled;
    }
}
