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

    private sealed class Datagrams : DatagramProtocol
    {
        public List<byte[]> Received { get; } = [];

        public bool Answers { get; init; }

        public bool Throws { get; init; }

        public int Refused { get; private set; }

        public int Stopped { get; private set; }

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
        {
            Received.Add(data.ToArray());
            if (Throws)
                throw new InvalidDataException("user code");
            if (Answers)
                Transport.Write(data, from);
        }

        protected override void ConnectionRefused() => Refused++;

        protected override void StopProtocol() => Stopped++;
    }
}
