using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Testing;

/// <summary>
/// Keeps what is logged, for a test to look at. Twisted: <c>capturedLogs</c>, and trial's <c>flushLoggedErrors</c>.
/// </summary>
/// <remarks>Any thread. It is also an observer, for <c>TwistedLog.AddObserver</c>.</remarks>
/// <example><code>
/// var log = new LogCapture();
/// var factory = new FingerFactory(users, net.Clock, log.CreateLogger("finger"));
/// ...
/// Assert.Equal("Login of ada", Assert.Single(log.Events).Message);
/// Assert.Single(log.FlushErrors&lt;TimeoutException&gt;());
/// </code></example>
public sealed class LogCapture : ILogObserver
{
    private readonly Lock _gate = new();
    private readonly List<LogEvent> _events = [];

    /// <summary>A capture.</summary>
    /// <param name="level">The least level of what its loggers keep.</param>
    /// <param name="clock">The clock of the events; the system's unless given.</param>
    public LogCapture(LogLevel level = LogLevel.Trace, TimeProvider? clock = null) =>
        Logging = new ObserverLoggerFactory(this, new LogLevelFilter(level), clock);

    /// <summary>Loggers that it keeps the events of; for <c>ReactorOptions.Logging</c>, say.</summary>
    public ILoggerFactory Logging { get; }

    /// <summary>What was logged, the oldest first.</summary>
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
            _events.Add(logEvent);
    }

    /// <summary>Removes the failures of one kind that were logged, and returns them.</summary>
    /// <typeparam name="T">Of this type or one below it; <see cref="Exception"/> for all.</typeparam>
    public IReadOnlyList<T> FlushErrors<T>() where T : Exception
    {
        lock (_gate)
        {
            T[] failures = [.. _events.Select(logEvent => logEvent.Exception).OfType<T>()];
            _events.RemoveAll(logEvent => logEvent.Exception is T);
            return failures;
        }
    }

    /// <summary>A logger that it keeps the events of.</summary>
    /// <param name="category">Its name.</param>
    public ILogger CreateLogger(string category) => Logging.CreateLogger(category);
}
