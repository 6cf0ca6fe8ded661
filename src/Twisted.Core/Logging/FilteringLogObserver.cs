namespace Twisted.Logging;

/// <summary>Passes on only the events that a predicate wants. Twisted: <c>FilteringLogObserver</c>.</summary>
/// <remarks>Any thread.</remarks>
/// <param name="observer">Gets those.</param>
/// <param name="predicate">Wants them; <see cref="LogLevelFilter.Allows"/>, for one.</param>
public sealed class FilteringLogObserver(ILogObserver observer, Func<LogEvent, bool> predicate) : ILogObserver
{
    /// <inheritdoc/>
    public void Observe(LogEvent logEvent)
    {
        if (predicate(logEvent))
            observer.Observe(logEvent);
    }
}
