using Twisted.Channels.Nats;

namespace Twisted.Channels.Tests.Nats;

/// <summary>Nodes over a NATS server in memory.</summary>
internal sealed class NatsNodes : BusMesh
{
    internal NatsNodes()
    {
        Server = new MemoryNatsServer(Memory.Reactor);
        Server.Start();
    }

    internal MemoryNatsServer Server { get; }

    internal NatsBus Start(int id, Func<NatsBusOptions, NatsBusOptions> change)
    {
        var options = new NatsBusOptions
        {
            Id = id,
            Server = "tcp:127.0.0.1:4222",
            Nats = new NatsOptions { Random = new Random(id) },
        };
        var bus = new NatsBus(Memory.Reactor, change(options), Log.CreateLogger("node"));
        bus.StartService().SuccessResult();
        Settle();
        return bus;
    }

    internal override IChannelBus Start(int id, BusLimits? limits) => Start(id, options => limits is null
        ? options
        : options with { HighWaterMark = limits.HighWaterMark, MaxUnacknowledged = limits.MaxUnacknowledged });

    internal new NatsBus Start(int id) => Start(id, options => options);

    internal (NatsBus One, NatsBus Two) StartTwo()
    {
        (NatsBus One, NatsBus Two) two = (Start(1), Start(2));
        Assert.Equal([2], two.One.Nodes);
        Assert.Equal([1], two.Two.Nodes);
        return two;
    }

    internal override long DroppedPostsOf(IChannelBus bus) => ((NatsBus)bus).DroppedPosts;

    internal override void Stop() => Server.Kill();
}
