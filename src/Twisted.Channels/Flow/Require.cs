namespace Twisted.Channels.Flow;

/// <summary>What options have to be.</summary>
internal static class Require
{
    /// <summary>Refuses a time that is none.</summary>
    internal static void Positive(TimeSpan time, string what) =>
        That(time > TimeSpan.Zero, $"{what} is more than nothing, not {time}.");

    /// <summary>Refuses what does not hold, with that text.</summary>
    internal static void That(bool holds, string otherwise)
    {
        if (!holds)
            throw new ArgumentException(otherwise);
    }
}
