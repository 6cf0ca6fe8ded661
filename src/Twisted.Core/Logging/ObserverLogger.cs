using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>Makes an event of each message, and never throws, whatever its values do when asked for text.</summary>
internal sealed class ObserverLogger(
    ObserverLoggerFactory owner, ILogObserver observer, LogLevelFilter levels, TimeProvider clock, string category)
    : ILogger
{
    internal const string TemplateKey = "{OriginalFormat}";

    [ThreadStatic] private static List<object>? _scopes;

    private LeastLevel _least = new(levels.Current, levels.Current.LevelOf(category));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => owner.Scopes.Push(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        LeastLevel least = _least;
        LogLevelFilter.LevelTable state = levels.Current;
        if (!ReferenceEquals(least.Table, state))
            _least = least = new(state, state.LevelOf(category));
        return logLevel >= least.Level && logLevel != LogLevel.None;
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (!IsEnabled(logLevel))
            return;
        (string? template, KeyValuePair<string, object?>[] properties) = Values(state);
        string message;
        try
        {
            message = formatter(state, exception);
        }
        catch (Exception failure)
        {
            message = $"MESSAGE LOST: unformattable event {eventId} of {category}, \"{template}\": "
                + Safely.Text(failure);
        }
        observer.Observe(new LogEvent
        {
            Time = clock.GetLocalNow(),
            Level = logLevel,
            Category = category,
            EventId = eventId,
            Message = message,
            Template = template,
            Properties = properties,
            Exception = exception,
            Scopes = OpenScopes(),
        });
    }

    private static (string? Template, KeyValuePair<string, object?>[] Properties) Values<TState>(TState state)
    {
        if (state is not IReadOnlyList<KeyValuePair<string, object?>> values)
            return (null, []);
        try
        {
            if (values.Count > 0 && values[^1].Key == TemplateKey) // where all that is in use has it
            {
                var properties = values.Count == 1 ? [] : new KeyValuePair<string, object?>[values.Count - 1];
                for (int i = 0; i < properties.Length; i++)
                    properties[i] = values[i];
                return (values[^1].Value as string, properties);
            }
            return (null, [.. values]);
        }
        catch (Exception)
        {
            return (null, []); // somebody's own list: the message is what matters
        }
    }

    private object[] OpenScopes()
    {
        List<object> scopes = _scopes ??= [];
        owner.Scopes.ForEachScope(static (scope, all) =>
        {
            if (scope is not null)
                all.Add(scope);
        }, scopes);
        if (scopes.Count == 0)
            return [];
        object[] open = [.. scopes];
        scopes.Clear();
        return open;
    }

    /// <summary>The level that was found, and what it was found in.</summary>
    private sealed record LeastLevel(LogLevelFilter.LevelTable Table, LogLevel Level);
}
