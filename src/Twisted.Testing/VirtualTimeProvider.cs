namespace Twisted.Testing;

/// <summary>The time of a <see cref="VirtualClock"/>: it begins in the year 2000 and moves only when told to.</summary>
internal sealed class VirtualTimeProvider : TimeProvider
{
    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal TimeSpan Elapsed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => Epoch + Elapsed;

    internal void MoveTo(TimeSpan elapsed)
    {
        if (elapsed > Elapsed)
            Elapsed = elapsed;
    }
}
