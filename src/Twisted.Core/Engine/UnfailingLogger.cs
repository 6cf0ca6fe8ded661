using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>
/// A log that throws, on a full disk for one, must not end the loop or refuse a client: it is only counted.
/// </summary>
internal sealed class UnfailingLogger(ILogger log) : ILogger
{
    /// <summary>Messages that the log did not take.</summary>
    internal int Lost { get; private set; }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => log.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        try
        {
            log.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception)
        {
            Lost++; // there is nowhere left to say it
        }
    }
}
