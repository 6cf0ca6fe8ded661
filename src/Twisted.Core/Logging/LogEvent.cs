using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>One thing that was logged. Twisted: the event dictionary of <c>twisted.logger</c>.</summary>
/// <remarks>
/// It does not change, and any thread may read it. What a property holds is the object that was logged: its text is
/// made when a format writes it, so an object that changes shows its latest state.
/// </remarks>
public sealed record LogEvent
{
    /// <summary>When it was logged, with the local offset from UTC. Twisted: <c>log_time</c>.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How grave it is. Twisted: <c>log_level</c>.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The name of the logger, usually a type's. Twisted: <c>log_namespace</c>, or <c>system</c>.</summary>
    public required string Category { get; init; }

    /// <summary>The message as a person reads it. Twisted: <c>formatEvent(event)</c>.</summary>
    public required string Message { get; init; }

    /// <summary>What kind of message it is; stable over versions, so that one can search for it.</summary>
    public EventId EventId { get; init; }

    /// <summary>
    /// The message before the values were put in; null when there is none. Twisted: <c>log_format</c>.
    /// </summary>
    public string? Template { get; init; }

    /// <summary>The values of the message by their names. Twisted: the other keys of the event.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Properties { get; init; } = [];

    /// <summary>The failure, if it is one. Twisted: <c>log_failure</c>.</summary>
    public Exception? Exception { get; init; }

    /// <summary>What the logger was told with BeginScope, the outermost first.</summary>
    public IReadOnlyList<object> Scopes { get; init; } = [];

    /// <summary>The category, the level and the message.</summary>
    public override string ToString() => $"[{Category}#{Level}] {Message}";
}
