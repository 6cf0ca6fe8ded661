using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>Opens the scope of a connection around each message that is written, and around no other.</summary>
internal sealed class ConnectionLogger(ILogger log, ConnectionScope connection) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!log.IsEnabled(logLevel))
            return;
        using (log.BeginScope(connection))
            log.Log(logLevel, eventId, state, exception, formatter);
    }
}
