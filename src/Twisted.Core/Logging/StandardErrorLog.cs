using Microsoft.Extensions.Logging;
using Twisted.Internet;

namespace Twisted.Logging;

/// <summary>
/// Where warnings and errors go as long as nobody has said where: who writes a first program misses no exception.
/// </summary>
internal static class StandardErrorLog
{
    /// <summary>Writes to the standard error of the moment.</summary>
    internal static ILogObserver Observer { get; } =
        new ThrottlingLogObserver(new TextLogObserver(() => Console.Error));

    /// <summary>The loggers of a reactor that was given none: TwistedLog's, once that has been started.</summary>
    internal static ILoggerFactory ForReactors { get; } = new UntilStarted();

    private static readonly ObserverLoggerFactory ErrorsOnly = new(Observer, new LogLevelFilter(LogLevel.Warning));

    private sealed class UntilStarted : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) =>
            new Either(ErrorsOnly.CreateLogger(categoryName), TwistedLog.Logging.CreateLogger(categoryName));

        public void AddProvider(ILoggerProvider provider) => TwistedLog.Logging.AddProvider(provider);

        public void Dispose() { }
    }

    private sealed class Either(ILogger before, ILogger after) : ILogger
    {
        private ILogger Now => TwistedLog.HasStarted ? after : before;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => Now.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => Now.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Now.Log(logLevel, eventId, state, exception, formatter);
    }
}
