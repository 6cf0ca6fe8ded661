using System.Runtime.CompilerServices;

namespace Twisted.Testing;

/// <summary>Options that make no sense fail where they are given, not in the run.</summary>
internal static class Impossible
{
    internal static double UnlessChance(
        double chance, [CallerArgumentExpression(nameof(chance))] string? name = null) => chance is >= 0 and <= 1
            ? chance
            : throw new ArgumentOutOfRangeException(name, chance, "A chance is from 0 to 1.");

    internal static TimeSpan UnlessPositive(
        TimeSpan time, [CallerArgumentExpression(nameof(time))] string? name = null) => time > TimeSpan.Zero
            ? time
            : throw new ArgumentOutOfRangeException(name, time, "It is a time, more than zero.");
}

/// <summary>A time between two.</summary>
internal readonly record struct TimeRange(TimeSpan Least, TimeSpan Most)
{
    internal static TimeRange Of(TimeSpan least, TimeSpan most)
    {
        if (least < TimeSpan.Zero || most < least)
        {
            throw new ArgumentOutOfRangeException(
                nameof(least), $"{least} to {most} is no range: from zero or more to as much or more.");
        }
        return new TimeRange(least, most);
    }

    /// <summary>One of them; the quiet way is the least.</summary>
    internal TimeSpan Choose(Decisions decisions, ref DecisionStream stream) =>
        Least + TimeSpan.FromTicks(decisions.Choose(ref stream, (Most - Least).Ticks, chance: 1));
}
