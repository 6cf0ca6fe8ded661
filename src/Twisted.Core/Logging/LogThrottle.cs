namespace Twisted.Internet;

/// <summary>
/// Lets one message through in ten seconds and counts the others, so that a flood of clients is no flood of log lines.
/// </summary>
internal sealed class LogThrottle
{
    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(10);

    private int _count;
    private TimeSpan? _quietUntil;

    /// <summary>Something happened that may be worth a line.</summary>
    /// <param name="now">The time of the reactor.</param>
    /// <returns>How often since the last line, with this one; 0: write none.</returns>
    internal int Count(TimeSpan now)
    {
        _count++;
        if (now < _quietUntil)
            return 0;
        int count = _count;
        _count = 0;
        _quietUntil = now + QuietTime;
        return count;
    }
}
