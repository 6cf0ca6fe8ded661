using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>
/// The least level of each category: what is set for "Shop" holds for "Shop.Cart" too, unless that has a level of its
/// own. Twisted: <c>LogLevelFilterPredicate</c>.
/// </summary>
/// <remarks>Any thread. A change holds from the next message on.</remarks>
public sealed class LogLevelFilter
{
    private LevelTable _state;

    /// <summary>A filter.</summary>
    /// <param name="level">The least level of every category that has none of its own.</param>
    public LogLevelFilter(LogLevel level = LogLevel.Information) =>
        _state = new LevelTable(level, ImmutableDictionary.Create<string, LogLevel>(StringComparer.Ordinal));

    /// <summary>Sets the least level of a category and of all below it.</summary>
    /// <param name="category">Whole words between points; "" is every category.</param>
    /// <param name="level">The least level; None is silence.</param>
    public void SetLevel(string category, LogLevel level)
    {
        ArgumentNullException.ThrowIfNull(category);
        Change(state => category.Length == 0
            ? state with { Level = level }
            : state with { Levels = state.Levels.SetItem(category, level) });
    }

    /// <summary>The least level of a category.</summary>
    /// <param name="category">The logger's name.</param>
    public LogLevel LevelOf(string category) => Current.LevelOf(category);

    /// <summary>Whether an event is as grave as its category asks; for <see cref="FilteringLogObserver"/>.</summary>
    /// <param name="logEvent">The event.</param>
    public bool Allows(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        return logEvent.Level >= LevelOf(logEvent.Category);
    }

    /// <summary>Another object after each change: a logger asks no dictionary as long as it is the same.</summary>
    internal LevelTable Current => Volatile.Read(ref _state);

    private void Change(Func<LevelTable, LevelTable> change)
    {
        while (true)
        {
            LevelTable before = Current;
            if (ReferenceEquals(Interlocked.CompareExchange(ref _state, change(before), before), before))
                return;
        }
    }

    internal sealed record LevelTable(LogLevel Level, ImmutableDictionary<string, LogLevel> Levels)
    {
        internal LogLevel LevelOf(string category)
        {
            ArgumentNullException.ThrowIfNull(category);
            for (int end = category.Length; end > 0 && !Levels.IsEmpty; end = category.LastIndexOf('.', end - 1))
            {
                if (Levels.TryGetValue(category[..end], out LogLevel level))
                    return level;
            }
            return Level;
        }
    }
}
