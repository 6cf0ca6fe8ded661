namespace Twisted.Tests;

/// <summary>A clock whose time passes inside callbacks, which a VirtualClock's cannot: for slices of work.</summary>
internal sealed class StepClock : IReactorTime
{
    private readonly List<StepCall> _calls = [];

    public TimeSpan Now { get; set; }

    public TimeProvider TimeProvider => throw new NotSupportedException();

    public IReadOnlyCollection<IDelayedCall> DelayedCalls => [.. _calls];

    public IDelayedCall CallLater(TimeSpan delay, Action callback)
    {
        Assert.Equal(TimeSpan.Zero, delay);
        var call = new StepCall(this, callback);
        _calls.Add(call);
        return call;
    }

    public IDelayedCall CallLater(TimeSpan delay, Func<Deferred> callback) => throw new NotSupportedException();

    public IDelayedCall CallLater<TState>(TimeSpan delay, Action<TState> callback, TState state) =>
        CallLater(delay, () => callback(state));

    /// <summary>Runs the calls that are there now: one iteration.</summary>
    internal void Iterate()
    {
        StepCall[] due = [.. _calls];
        foreach (StepCall call in due)
        {
            if (call.Cancel())
                call.Callback();
        }
    }

    private sealed class StepCall(StepClock clock, Action callback) : IDelayedCall
    {
        internal Action Callback => callback;

        public TimeSpan Time => clock.Now;

        public bool IsActive => clock._calls.Contains(this);

        public bool Cancel() => clock._calls.Remove(this);

        public void Reset(TimeSpan delay) => throw new NotSupportedException();

        public void Delay(TimeSpan extra) => throw new NotSupportedException();
    }
}
