namespace Twisted.Internet;

/// <summary>
/// The reactor's clock for the BCL: timers fire on the reactor thread, in virtual time where there is one.
/// </summary>
internal sealed class ReactorTimeProvider(ReactorBase reactor, TimeProvider source) : TimeProvider
{
    public override long TimestampFrequency => source.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => source.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => source.GetUtcNow();

    public override long GetTimestamp() => source.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ReactorTimer(reactor, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>A BCL timer over delayed calls. It may be changed and disposed from any thread.</summary>
    private sealed class ReactorTimer(ReactorBase reactor, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private IDelayedCall? _call; // reactor thread only
        private volatile bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_disposed)
                return false;
            reactor.RunOrQueue(() => Set(dueTime, period));
            return true;
        }

        public void Dispose()
        {
            _disposed = true;
            reactor.RunOrQueue(() => _call?.Cancel());
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan dueTime, TimeSpan period)
        {
            _call?.Cancel();
            if (!_disposed && dueTime != Timeout.InfiniteTimeSpan)
                _call = reactor.CallLater(dueTime, Fire, period);
        }

        private void Fire(TimeSpan period)
        {
            if (_disposed)
                return;
            if (period > TimeSpan.Zero)
                Set(period, period);
            if (_context is null)
                callback(state);
            else
                ExecutionContext.Run(_context, _ => callback(state), null);
        }
    }
}
