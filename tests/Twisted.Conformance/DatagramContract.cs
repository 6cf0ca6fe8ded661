using System.Net;

namespace Twisted.Conformance;

/// <summary>Datagram ports.</summary>
public abstract class DatagramContract : ReactorContract
{
    [Fact]
    public void A_datagram_is_answered() => Run(async reactor =>
    {
        var server = new Datagrams { Answers = true };
        var client = new Datagrams();
        IListeningPort port = reactor.ListenUdp(0, server, "127.0.0.1");
        reactor.ListenUdp(0, client, "127.0.0.1");
        client.Transport.Write("ping"u8, (IPEndPoint)port.Host);
        while (client.Received.Count == 0)
            await Wait(reactor, 0.005);
        Assert.Equal("ping"u8.ToArray(), Assert.Single(client.Received));
    });

    [Fact]
    public void A_port_that_a_datagram_found_closed_goes_on() => Run(async reactor =>
    {
        var gone = new Datagrams();
        IListeningPort closed = reactor.ListenUdp(0, gone, "127.0.0.1");
        var peer = (IPEndPoint)closed.Host;
        await closed.StopListening();
        Assert.Equal(1, gone.Stopped);

        var client = new Datagrams();
        reactor.ListenUdp(0, client, "127.0.0.1");
        client.Transport.Connect(peer);
        client.Transport.Write("anybody?"u8);
        while (client.Refused == 0)
            await Wait(reactor, 0.005);
        var server = new Datagrams { Answers = true };
        reactor.ListenUdp(peer.Port, server, "127.0.0.1");
        client.Transport.Write("again"u8);
        while (client.Received.Count == 0)
            await Wait(reactor, 0.005);
        Assert.Equal(0, client.Stopped);
    });

    [Fact]
    public void An_exception_in_DatagramReceived_is_reported_and_the_port_lives() => Run(async reactor =>
    {
        var server = new Datagrams { Throws = true };
        var client = new Datagrams();
        IListeningPort port = reactor.ListenUdp(0, server, "127.0.0.1");
        reactor.ListenUdp(0, client, "127.0.0.1");
        client.Transport.Write("one"u8, (IPEndPoint)port.Host);
        client.Transport.Write("two"u8, (IPEndPoint)port.Host);
        while (server.Received.Count < 2)
            await Wait(reactor, 0.005);
        Assert.Equal(2, Reported.Count);
    });

    [Fact]
    public void A_datagram_that_is_too_long_is_refused() => Run(reactor =>
    {
        var client = new Datagrams();
        reactor.ListenUdp(0, client, "127.0.0.1");
        Assert.Throws<MessageLengthException>(
            () => client.Transport.Write(new byte[70_000], new IPEndPoint(IPAddress.Loopback, 9)));
        Assert.Throws<InvalidOperationException>(() => client.Transport.Write("to whom?"u8));
        return Deferred.Succeed();
    });

    [Fact]
    public void A_connected_port_hears_one_peer_only_and_cannot_be_connected_again() => Run(async reactor =>
    {
        var server = new Datagrams { Answers = true };
        var stranger = new Datagrams();
        var client = new Datagrams();
        var peer = (IPEndPoint)reactor.ListenUdp(0, server, "127.0.0.1").Host;
        IListeningPort own = reactor.ListenUdp(0, client, "127.0.0.1");
        reactor.ListenUdp(0, stranger, "127.0.0.1");
        client.Transport.Connect(peer);
        Assert.Throws<InvalidOperationException>(() => client.Transport.Connect(peer));
        Assert.Throws<InvalidOperationException>(
            () => client.Transport.Write("x"u8, (IPEndPoint)stranger.Transport.Host));
        stranger.Transport.Write("unasked"u8, (IPEndPoint)own.Host);
        client.Transport.Write("ping"u8);
        client.Transport.Write("pong"u8, peer);
        while (client.Received.Count < 2)
            await Wait(reactor, 0.005);
        Assert.Equal("ping"u8.ToArray(), client.Received[0]);
        Assert.Equal("pong"u8.ToArray(), client.Received[1]);
    });

    [Fact]
    public void Its_protocol_starts_with_an_open_port_and_stops_once_it_is_closed() => Run(async reactor =>
    {
        var protocol = new Datagrams();
        IListeningPort port = reactor.ListenUdp(0, protocol, "127.0.0.1");
        Assert.Equal(port.Host, protocol.HostAtStart);
        Deferred first = port.StopListening();
        Deferred second = port.StopListening();
        Assert.Equal(0, protocol.Stopped);
        await second;
        await first;
        Assert.Equal(1, protocol.Stopped);
        protocol.Transport.Write("dropped"u8, new IPEndPoint(IPAddress.Loopback, 9));
        port.StartListening();
        await port.StopListening();
        Assert.Equal(2, protocol.Stopped);
    });

    [Fact]
    public void A_protocol_that_cannot_start_leaves_no_open_port() => Run(reactor =>
    {
        int number = 0;
        var protocol = new Datagrams
        {
            OnStart = own =>
            {
                number = own.Transport.Host.Port;
                throw new InvalidDataException("user code");
            },
        };
        Assert.Throws<InvalidDataException>(() => reactor.ListenUdp(0, protocol, "127.0.0.1"));
        reactor.ListenUdp(number, new Datagrams(), "127.0.0.1");
        return Deferred.Succeed();
    });

    [Fact]
    public void A_port_in_use_cannot_be_listened_on() => Run(reactor =>
    {
        int number = reactor.ListenUdp(0, new Datagrams(), "127.0.0.1").Host.Port;
        Assert.Throws<CannotListenException>(() => reactor.ListenUdp(number, new Datagrams(), "127.0.0.1"));
        return Deferred.Succeed();
    });

    [Fact]
    public void A_datagram_may_stop_the_reactor_and_those_behind_it_do_not_keep_it()
    {
        IReactor reactor = Create();
        var server = new Datagrams
        {
            OnReceived = own =>
            {
                if (own.Received.Count == 1)
                    reactor.Stop();
            },
        };
        reactor.CallWhenRunning(() =>
        {
            var address = (IPEndPoint)reactor.ListenUdp(0, server, "127.0.0.1").Host;
            var client = new Datagrams();
            reactor.ListenUdp(0, client, "127.0.0.1");
            for (int i = 0; i < 10; i++)
                client.Transport.Write("stop"u8, address);
        });
        IDelayedCall limit = reactor.CallLater(TimeSpan.FromSeconds(20), reactor.Crash);
        reactor.Run();
        Assert.True(limit.Cancel(), "The reactor was not stopped.");
        Assert.Equal(1, server.Stopped);
        Assert.Empty(Reported);
    }

    [Fact]
    public void A_peer_of_the_other_family_is_refused() => Run(reactor =>
    {
        var client = new Datagrams();
        reactor.ListenUdp(0, client, "127.0.0.1");
        var other = new IPEndPoint(IPAddress.IPv6Loopback, 9);
        Assert.Throws<ArgumentException>(() => client.Transport.Write("x"u8, other));
        Assert.Throws<ArgumentException>(() => client.Transport.Connect(other));
        return Deferred.Succeed();
    });

    private sealed class Datagrams : DatagramProtocol
    {
        public List<byte[]> Received { get; } = [];

        public bool Answers { get; init; }

        public bool Throws { get; init; }

        public int Refused { get; private set; }

        public Action<Datagrams>? OnStart { get; init; }

        public Action<Datagrams>? OnReceived { get; init; }

        public EndPoint? HostAtStart { get; private set; }

        public int Stopped { get; private set; }

        protected override void StartProtocol()
        {
            HostAtStart = Transport.Host;
            OnStart?.Invoke(this);
        }

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
        {
            Received.Add(data.ToArray());
            OnReceived?.Invoke(this);
            if (Throws)
                throw new InvalidDataException("user code");
            if (Answers)
                Transport.Write(data, from);
        }

        protected override void ConnectionRefused() => Refused++;

        protected override void StopProtocol() => Stopped++;
    }
}
