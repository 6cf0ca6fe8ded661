using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>
/// Passes each event on to all its observers. One that throws misses that event, and the others are told why. Twisted:
/// <c>LogPublisher</c>.
/// </summary>
/// <remarks>Any thread.</remarks>
public sealed class LogPublisher : ILogObserver
{
    private ImmutableArray<ILogObserver> _observers;

    /// <summary>A publisher.</summary>
    /// <param name="observers">The first observers; more can be added.</param>
    public LogPublisher(params ReadOnlySpan<ILogObserver> observers)
    {
        foreach (ILogObserver observer in observers)
            ArgumentNullException.ThrowIfNull(observer, nameof(observers));
        _observers = [.. observers];
    }

    /// <summary>Adds an observer, which gets all events from now on. One that is there already stays once.</summary>
    /// <param name="observer">The observer.</param>
    public void AddObserver(ILogObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        ImmutableInterlocked.Update(ref _observers, (all, one) => all.Contains(one) ? all : all.Add(one), observer);
    }

    /// <summary>Removes an observer; nothing happens if it is not there.</summary>
    /// <param name="observer">The observer.</param>
    public void RemoveObserver(ILogObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        ImmutableInterlocked.Update(ref _observers, (all, one) => all.Remove(one), observer);
    }

    /// <inheritdoc/>
    public void Observe(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        ImmutableArray<ILogObserver> observers = _observers;
        foreach (ILogObserver observer in observers)
        {
            try
            {
                observer.Observe(logEvent);
            }
            catch (Exception failure)
            {
                TellOthers(observers, observer, failure, logEvent.Time);
            }
        }
    }

    private static void TellOthers(
        ImmutableArray<ILogObserver> observers, ILogObserver failed, Exception failure, DateTimeOffset time)
    {
        var report = new LogEvent
        {
            Time = time,
            Level = LogLevel.Critical,
            Category = LogNames.Category,
            EventId = LogNames.ObserverFailed,
            Message = $"The log observer {failed.GetType()} has thrown, and has missed an event.",
            Exception = failure,
        };
        foreach (ILogObserver other in observers)
        {
            if (ReferenceEquals(other, failed))
                continue;
            try
            {
                other.Observe(report);
            }
            catch (Exception)
            {
                // This one throws as well. It will be told of when its own turn comes; here it would never end.
            }
        }
    }
}
