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
        return _timers.Add(new DelayedAction(_timers, callback), delay);
    }

    public IDelayedCall CallLater(TimeSpan delay, Func<Deferred> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return _timers.Add(new DelayedDeferred(_timers, callback), delay);
    }

    public IDelayedCall CallLater<TState>(TimeSpan delay, Action<TState> callback, TState state)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return _timers.Add(new DelayedAction<TState>(_timers, callback, state), delay);
    }
}
