namespace Twisted.Logging;

/// <summary>
/// Keeps the last events, to be looked at or to be told to a later observer. Twisted: <c>LimitedHistoryLogObserver</c>.
/// </summary>
/// <remarks>Any thread.</remarks>
public sealed class LimitedHistoryLogObserver : ILogObserver
{
    /// <summary>As many as Twisted keeps before a log is begun.</summary>
    internal const int UsualSize = 65_536;

    private readonly Lock _gate = new();
    private readonly Queue<LogEvent> _events = [];
    private readonly int _size;

    /// <summary>A history.</summary>
    /// <param name="size">How many events it keeps, at most; the oldest go first.</param>
    public LimitedHistoryLogObserver(int size = UsualSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        _size = size;
    }

    /// <summary>The events that are kept, the oldest first.</summary>
    public IReadOnlyList<LogEvent> Events
    {
        get
        {
            lock (_gate)
                return [.. _events];
        }
    }

    /// <inheritdoc/>
    public void Observe(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        lock (_gate)
        {
            if (_events.Count == _size)
                _events.Dequeue();
            _events.Enqueue(logEvent);
        }
    }

    /// <summary>Tells another observer all that is kept, the oldest first. It stays kept.</summary>
    /// <param name="observer">The other.</param>
    public void ReplayTo(ILogObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        foreach (LogEvent logEvent in Events) // not under the lock: an observer may log
            observer.Observe(logEvent);
    }
}
