using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>
/// Keeps what is logged before there is anywhere to log to, and tells the first observer. Twisted:
/// <c>globalLogBeginner</c>.
/// </summary>
/// <remarks>Any thread.</remarks>
/// <param name="unheard">Gets the errors that are logged before: somebody may be looking at the screen.</param>
internal sealed class LogBeginner(ILogObserver unheard) : ILogObserver
{
    private readonly Lock _gate = new();
    private readonly LogPublisher _publisher = new();
    private volatile LimitedHistoryLogObserver? _held = new();
    private int _begun;

    /// <summary>Whether there is anywhere to log to.</summary>
    internal bool HasBegun => _held is null;

    /// <summary>All that are told, also those from before the beginning.</summary>
    internal LogPublisher Publisher => _publisher;

    public void Observe(LogEvent logEvent)
    {
        if (_held is null || !Hold(logEvent))
            _publisher.Observe(logEvent);
    }

    /// <summary>Logs to an observer from now on, and what was kept.</summary>
    /// <param name="observer">The observer.</param>
    /// <param name="time">The time of a warning, if there was a beginning before.</param>
    /// <returns>Ends it: when the last has ended, events are kept again.</returns>
    internal Action Begin(ILogObserver observer, Func<DateTimeOffset> time)
    {
        bool isSecond;
        lock (_gate)
        {
            isSecond = _begun++ > 0;
            _held?.ReplayTo(observer);
            _publisher.AddObserver(observer);
            _held = null;
        }
        if (isSecond)
        {
            Observe(new LogEvent
            {
                Time = time(),
                Level = LogLevel.Warning,
                Category = LogNames.Category,
                EventId = LogNames.BegunTwice,
                Message = "The log was started a second time: from now on everything is written to both places. "
                    + "Dispose of what the first Start returned, or use AddObserver.",
            });
        }
        bool hasEnded = false;
        return () =>
        {
            lock (_gate)
            {
                if (hasEnded)
                    return;
                hasEnded = true;
                _publisher.RemoveObserver(observer);
                if (--_begun == 0)
                    _held = new LimitedHistoryLogObserver();
            }
        };
    }

    private bool Hold(LogEvent logEvent)
    {
        lock (_gate)
        {
            if (_held is not { } held)
                return false; // begun meanwhile
            held.Observe(logEvent);
            _publisher.Observe(logEvent); // those that were added; under the lock, or a new one would hear it twice
        }
        if (logEvent.Level >= LogLevel.Error)
            unheard.Observe(logEvent);
        return true;
    }
}
