namespace Twisted.Channels.Tests;

/// <summary>The limits that every kind of bus has.</summary>
internal sealed record BusLimits
{
    internal int HighWaterMark { get; init; } = 1024 * 1024;

    internal int MaxUnacknowledged { get; init; } = 65_536;
}

/// <summary>Nodes of one kind of bus in one memory reactor, with short names for what tests do with them.</summary>
internal abstract class BusMesh
{
    internal MemoryReactor Memory { get; } = new(new VirtualClock());

    internal LogCapture Log { get; } = new();

    internal VirtualClock Clock => Memory.Clock;

    /// <summary>Text of the log messages of at least a level.</summary>
    internal string[] Logged(LogLevel level = LogLevel.Warning) =>
        [.. Log.Events.Where(one => one.Level >= level).Select(one => one.Message)];

    /// <summary>A node that knows those before it; it runs.</summary>
    internal abstract IChannelBus Start(int id, BusLimits? limits);

    internal IChannelBus Start(int id) => Start(id, limits: null);

    internal abstract long DroppedPostsOf(IChannelBus bus);

    /// <summary>Ends what is not a node.</summary>
    internal virtual void Stop() { }

    /// <summary>Lets happen what needs no time.</summary>
    internal void Settle() => Clock.Advance(TimeSpan.FromMilliseconds(1));

    internal void Advance(double seconds)
    {
        for (double gone = 0; gone < seconds; gone += 0.25)
            Clock.Advance(TimeSpan.FromSeconds(0.25));
    }
}
