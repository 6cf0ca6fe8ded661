using System.Net;

namespace Twisted.Conformance;

/// <summary>What UDP ports of a real network can besides.</summary>
public abstract class UdpContract : ReactorContract
{
    [Fact]
    public void Each_answer_goes_to_whom_it_is_for_whatever_became_of_the_end_points() => Run(async reactor =>
    {
        var server = new Receiver();
        IListeningPort port = reactor.ListenUdp(0, server, "127.0.0.1");
        Receiver[] clients = [new(), new(), new()];
        foreach (Receiver client in clients)
            reactor.ListenUdp(0, client, "127.0.0.1");
        for (int round = 0; round < 3; round++)
        {
            foreach (Receiver client in clients)
                client.Transport.Write("ask"u8, (IPEndPoint)port.Host);
            while (server.Senders.Count < clients.Length)
                await Wait(reactor, 0.002);
            Assert.Equal<EndPoint>(clients.Select(client => client.Transport.Host), server.Senders);
            foreach (IPEndPoint sender in server.Senders)
            {
                server.Transport.Write([(byte)round], sender);
                sender.Port = 9; // it is theirs: they may
            }
            server.Senders.Clear();
            while (clients.Any(client => client.Senders.Count <= round))
                await Wait(reactor, 0.002);
        }
        Assert.All(clients, client => Assert.Equal(3, client.Senders.Count));
    });

    [Fact]
    public void Broadcast_needs_to_be_allowed() => Run(async reactor =>
    {
        var server = new Receiver();
        var client = new Receiver();
        IListeningPort port = reactor.ListenUdp(0, server);
        reactor.ListenUdp(0, client, "127.0.0.1");
        var udp = client.Transport.Get<IUdpTransport>()!;
        var everybody = new IPEndPoint(IPAddress.Parse("127.255.255.255"), port.Host.Port);
        Assert.False(udp.BroadcastAllowed);
        var refused = Assert.Throws<InvalidOperationException>(() => client.Transport.Write("x"u8, everybody));
        Assert.Contains("BroadcastAllowed", refused.Message, StringComparison.Ordinal);
        udp.BroadcastAllowed = true;
        Assert.True(udp.BroadcastAllowed);
        client.Transport.Write("x"u8, everybody);
        while (server.Senders.Count == 0)
            await Wait(reactor, 0.002);
        Assert.Equal(client.Transport.Host, server.Senders[0]);
        await port.StopListening();
        Assert.Null(server.Transport.Get<IUdpTransport>());
    });

    [Fact]
    public void A_wildcard_of_IPv6_hears_both_families() => Run(async reactor =>
    {
        var server = new Receiver();
        var four = new Receiver();
        var six = new Receiver();
        IListeningPort port = reactor.ListenUdp(0, server, "::");
        reactor.ListenUdp(0, four, "127.0.0.1");
        reactor.ListenUdp(0, six, "::1");
        four.Transport.Write("x"u8, new IPEndPoint(IPAddress.Loopback, port.Host.Port));
        while (server.Senders.Count < 1)
            await Wait(reactor, 0.002);
        six.Transport.Write("x"u8, new IPEndPoint(IPAddress.IPv6Loopback, port.Host.Port));
        while (server.Senders.Count < 2)
            await Wait(reactor, 0.002);
        Assert.Equal("::ffff:127.0.0.1", server.Senders[0].Address.ToString());
        Assert.Equal(six.Transport.Host, server.Senders[1]);
        server.Transport.Write("answer"u8, server.Senders[0]);
        while (four.Senders.Count == 0)
            await Wait(reactor, 0.002);
        Assert.Throws<ArgumentException>(
            () => server.Transport.Write("x"u8, new IPEndPoint(IPAddress.Loopback, 9)));
    });

    [Fact]
    public void A_datagram_longer_than_the_limit_is_cut_and_an_empty_one_comes_empty() => Run(async reactor =>
    {
        var server = new Receiver();
        var client = new Receiver();
        var address = (IPEndPoint)reactor.ListenUdp(0, server, "127.0.0.1", maxPacketSize: 100).Host;
        reactor.ListenUdp(0, client, "127.0.0.1");
        client.Transport.Write(new byte[101], address);
        client.Transport.Write([], address);
        client.Transport.Write(new byte[7], address);
        while (server.Senders.Count < 3)
            await Wait(reactor, 0.002);
        Assert.Equal([100, 0, 7], server.Lengths);
    });

    private sealed class Receiver : DatagramProtocol
    {
        public List<IPEndPoint> Senders { get; } = [];

        public List<int> Lengths { get; } = [];

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
        {
            Senders.Add(from);
            Lengths.Add(data.Length);
        }
    }
}
