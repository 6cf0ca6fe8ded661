using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>
/// Loggers whose messages go to an observer, as events. It works alone, as <c>ReactorOptions.Logging</c>, and as a
/// provider of Microsoft.Extensions.Logging.
/// </summary>
/// <remarks>
/// Any thread. A message below the least level costs no allocation. Disposing of it does nothing: what the observer has
/// open is the observer's.
/// </remarks>
public sealed class ObserverLoggerFactory : ILoggerFactory, ILoggerProvider, ISupportExternalScope
{
    private readonly ILogObserver _observer;
    private readonly LogLevelFilter _levels;
    private readonly TimeProvider _clock;

    /// <summary>A factory.</summary>
    /// <param name="observer">Gets the events; a <see cref="LogPublisher"/> passes them on to many.</param>
    /// <param name="levels">The least levels; Information unless given.</param>
    /// <param name="clock">The clock; the system's unless given.</param>
    public ObserverLoggerFactory(ILogObserver observer, LogLevelFilter? levels = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _observer = observer;
        _levels = levels ?? new LogLevelFilter();
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>The scopes that are open: our own, or those of the factory that we are a provider of.</summary>
    internal IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    /// <inheritdoc cref="ILoggerFactory.CreateLogger"/>
    public ILogger CreateLogger(string categoryName)
    {
        ArgumentNullException.ThrowIfNull(categoryName);
        return new ObserverLogger(this, _observer, _levels, _clock, categoryName);
    }

    /// <summary>Is not supported: add observers to a <see cref="LogPublisher"/>.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException(
        "This log tells an observer. Add observers to a LogPublisher, or make this a provider of "
        + "Microsoft.Extensions.Logging's own factory.");

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider)
    {
        ArgumentNullException.ThrowIfNull(scopeProvider);
        Scopes = scopeProvider;
    }

    /// <inheritdoc/>
    public void Dispose() { }
}
