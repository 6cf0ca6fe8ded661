namespace Twisted.Internet;

/// <summary>Settings of TCP's keep-alive in the units of the system.</summary>
internal static class KeepAliveTime
{
    private const int MostProbes = 127;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(32767); // what Linux keeps

    internal static int ToSeconds(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time, Longest);
        return (int)Math.Ceiling(time.TotalSeconds);
    }

    internal static int ToMilliseconds(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(time.TotalMilliseconds, int.MaxValue, nameof(time));
        return (int)Math.Ceiling(time.TotalMilliseconds);
    }

    internal static int ToCount(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostProbes);
        return count;
    }
}
