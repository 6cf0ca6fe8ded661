namespace Twisted.Internet;

/// <summary>Timeouts of a poll in the milliseconds that systems wait in.</summary>
internal static class PollTimeout
{
    /// <summary>Rounds up: a millisecond too early is a loop that goes round until the time has come.</summary>
    /// <returns>Milliseconds; -1 for no limit.</returns>
    internal static int ToMilliseconds(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return -1;
        long milliseconds = (timeout.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return (int)Math.Min(milliseconds, int.MaxValue);
    }
}
