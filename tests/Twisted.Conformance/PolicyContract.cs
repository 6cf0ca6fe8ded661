using System.Net;
using Twisted.Protocols;

namespace Twisted.Conformance;

/// <summary>Policies around a factory, over the connections and the clock of a real reactor.</summary>
public abstract class PolicyContract : ReactorContract
{
    [Fact]
    public void Over_the_limit_a_connection_hears_why_and_ends_and_a_place_becomes_free() => Run(async reactor =>
    {
        var limit = new LimitTotalConnectionsFactory(Factory.For(() => new Probe()), 1)
        {
            Overflow = () => new Probe { OnMade = probe => Refuse(probe.Transport) },
        };
        IListeningPort port = Listen(reactor, limit);
        Probe first = await Call(reactor, port);
        await Until(reactor, () => limit.ConnectionCount == 1);
        Probe second = await Call(reactor, port);
        await second.Lost;
        Assert.Equal("full"u8.ToArray(), second.Received.ToArray());
        first.Transport.LoseConnection();
        await Until(reactor, () => limit.ConnectionCount == 0);
        Probe third = await Call(reactor, port);
        await Until(reactor, () => limit.ConnectionCount == 1);
        Assert.Equal(0, third.LostCount);
        third.Transport.LoseConnection();
        await third.Lost;
    });

    [Fact]
    public void The_limit_of_a_peer_is_not_for_the_machine_itself() => Run(async reactor =>
    {
        var limit = new LimitConnectionsByPeerFactory(
            Factory.For(() => new Probe { OnMade = probe => probe.Transport.Write("welcome"u8) }), 1);
        IListeningPort port = Listen(reactor, limit);
        Probe[] clients = [await Call(reactor, port), await Call(reactor, port)];
        await Until(reactor, () => clients.All(client => client.Received.Count == 7));
        Assert.Equal(0, limit.SourceCount);
        foreach (Probe client in clients)
            client.Transport.LoseConnection();
        await Until(reactor, () => clients.All(client => client.LostCount == 1));
    });

    [Fact]
    public void A_silent_connection_ends_and_one_that_talks_does_not() => Run(async reactor =>
    {
        var server = new Probe { OnData = probe => probe.Transport.Write("pong"u8) };
        IProtocol[] protocols = [new Probe(), server];
        int next = 0;
        IListeningPort port = Listen(
            reactor, new IdleTimeoutFactory(Factory.For(() => protocols[next++]), reactor, TimeSpan.FromSeconds(0.5)));
        Probe silent = await Call(reactor, port);
        await Until(reactor, () => next == 1);
        Probe talking = await Call(reactor, port);
        while (silent.LostCount == 0)
        {
            int heard = talking.Received.Count;
            talking.Transport.Write("ping"u8);
            await Until(reactor, () => talking.Received.Count > heard || talking.LostCount > 0);
        }
        Assert.Equal(0, talking.LostCount);
        talking.Transport.LoseConnection();
        await server.Lost;
    });

    [Fact]
    public void What_is_throttled_comes_late_and_whole() => Run(async reactor =>
    {
        const int length = 3000;
        var server = new Probe { OnMade = probe => probe.Transport.Write(new byte[length]) };
        var limit = new ThrottlingFactory(Factory.For(() => server), reactor, readLimit: 2000, writeLimit: 20_000);
        IListeningPort port = Listen(reactor, limit);
        Probe client = await Call(reactor, port);
        client.Transport.Write(new byte[length]);
        await Until(reactor, () => client.Received.Count == length && server.Received.Count == length);
        client.Transport.LoseConnection();
        await server.Lost;
    });

    [Fact]
    public void The_traffic_log_hears_all_in_its_order() => Run(async reactor =>
    {
        var log = new Heard();
        var server = new Probe { OnData = probe => probe.Transport.Write("pong"u8) };
        IListeningPort port = Listen(reactor, new TrafficLoggingFactory(Factory.For(() => server), log));
        Probe client = await Call(reactor, port);
        client.Transport.Write("ping"u8);
        await Until(reactor, () => client.Received.Count == 4);
        client.Transport.LoseConnection();
        await server.Lost;
        Assert.Equal(["connected", "received 4", "sent 4", "disconnected ConnectionDoneException"], log.Events);
    });

    private static void Refuse(ITransport transport)
    {
        transport.Write("full"u8);
        transport.LoseConnection();
    }

    private async Deferred<Probe> Call(IReactor reactor, IListeningPort port)
    {
        var client = new Probe();
        Dial(reactor, port.Host, new ProbeClientFactory(client));
        await client.Made;
        return client;
    }

    private sealed class Heard : ITrafficLog
    {
        internal List<string> Events { get; } = [];

        public void Connected(long connection, EndPoint host, EndPoint peer) => Events.Add("connected");

        public void Received(long connection, ReadOnlySpan<byte> data) => Events.Add($"received {data.Length}");

        public void Sent(long connection, ReadOnlySpan<byte> data) => Events.Add($"sent {data.Length}");

        public void Disconnected(long connection, Exception reason) =>
            Events.Add($"disconnected {reason.GetType().Name}");
    }
}
