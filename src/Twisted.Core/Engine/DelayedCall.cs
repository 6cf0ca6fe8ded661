namespace Twisted.Internet;

/// <summary>A call in a <see cref="TimerQueue"/>.</summary>
internal abstract class DelayedCall(TimerQueue queue) : IDelayedCall
{
    /// <summary>Where it stands in the queue's heap; -1 when it does not wait any more.</summary>
    internal int Index = -1;

    internal bool HasRun;

    public TimeSpan Time { get; private set; }

    /// <summary>What is called; null when it has run or was cancelled.</summary>
    internal abstract Delegate? Callback { get; }

    public bool IsActive => Index >= 0;

    public bool Cancel()
    {
        if (Index < 0)
            return false;
        queue.Remove(this);
        Release();
        return true;
    }

    public void Reset(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        EnsureActive();
        queue.Move(this, queue.DueIn(delay));
    }

    public void Delay(TimeSpan extra)
    {
        EnsureActive();
        queue.Move(this, Time + extra);
    }

    /// <summary>Names what it calls: a timer that nobody expected is found by that.</summary>
    public override string ToString() => Callback is { } callback
        ? $"a timer due at {Time} that calls {CallbackName.Of(callback)}"
        : $"a timer that was due at {Time}";

    internal void SetTime(TimeSpan time) => Time = time;

    /// <summary>Calls and lets go of the callback.</summary>
    internal abstract void Invoke();

    /// <summary>Lets go of the callback, so that what it holds can be collected.</summary>
    protected abstract void Release();

    private void EnsureActive()
    {
        if (Index < 0)
            throw new DelayedCallException(HasRun
                ? "This call has already run: schedule a new one with CallLater."
                : "This call was cancelled: schedule a new one with CallLater.");
    }
}

internal sealed class DelayedAction(TimerQueue queue, Action callback) : DelayedCall(queue)
{
    private Action? _callback = callback;

    internal override Delegate? Callback => _callback;

    internal override void Invoke()
    {
        Action callback = _callback!;
        _callback = null;
        callback();
    }

    protected override void Release() => _callback = null;
}

internal sealed class DelayedDeferred(TimerQueue queue, Func<Deferred> callback) : DelayedCall(queue)
{
    private Func<Deferred>? _callback = callback;

    internal override Delegate? Callback => _callback;

    internal override void Invoke()
    {
        Func<Deferred> callback = _callback!;
        _callback = null;
        callback().Forget();
    }

    protected override void Release() => _callback = null;
}

internal sealed class DelayedAction<TState>(TimerQueue queue, Action<TState> callback, TState state)
    : DelayedCall(queue)
{
    private Action<TState>? _callback = callback;
    private TState _state = state;

    internal override Delegate? Callback => _callback;

    internal override void Invoke()
    {
        Action<TState> callback = _callback!;
        TState argument = _state;
        Release();
        callback(argument);
    }

    protected override void Release()
    {
        _callback = null;
        _state = default!;
    }
}
