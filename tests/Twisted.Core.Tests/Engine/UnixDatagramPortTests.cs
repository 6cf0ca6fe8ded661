using System.Net.Sockets;

namespace Twisted.Tests;

/// <summary>Datagrams between paths, on a scripted socket.</summary>
public class UnixDatagramPortTests : EngineTest
{
    private static readonly UnixDomainSocketEndPoint Peer = new("/run/peer");

    private readonly Messages _protocol = new();
    private readonly ScriptedDatagrams _socket = new() { Host = new UnixDomainSocketEndPoint("/run/here") };

    private UnixDatagramPort Open(UnixDomainSocketEndPoint? peer = null)
    {
        var port = new UnixDatagramPort(Loop, () => _socket, _protocol, 8192, peer);
        port.StartListening();
        return port;
    }

    [Fact]
    public void Without_a_peer_each_message_names_its_receiver()
    {
        UnixDatagramPort port = Open();
        port.Write("abc"u8, "/run/other");
        Assert.Equal((3, new UnixDomainSocketEndPoint("/run/other")), Assert.Single(_socket.Sent));
        Assert.Equal("This port is not connected: name the receiver's path.",
            Assert.Throws<InvalidOperationException>(() => port.Write("abc"u8)).Message);
        Assert.Null(_socket.Connected);
    }

    [Fact]
    public void With_a_peer_it_talks_to_that_one_only()
    {
        UnixDatagramPort port = Open(Peer);
        Assert.Equal(Peer, _socket.Connected);
        port.Write("a"u8);
        port.Write("bc"u8, "/run/peer");
        Assert.Equal([(1, null), (2, null)], _socket.Sent);
        Assert.Equal("This port is connected to /run/peer: it cannot write to /run/other.",
            Assert.Throws<InvalidOperationException>(() => port.Write("x"u8, "/run/other")).Message);
    }

    [Fact]
    public void A_peer_that_is_not_there_opens_nothing()
    {
        _socket.IsOutOfReach = true;
        Assert.Throws<ConnectionRefusedException>(() => Open(Peer));
        Assert.Equal(1, _socket.Closes);
        Assert.Empty(_protocol.Heard);
    }

    [Fact]
    public void Its_protocol_hears_messages_refusals_and_the_end()
    {
        UnixDatagramPort port = Open(Peer);
        _socket.Input.Enqueue("abc"u8.ToArray());
        _socket.Input.Enqueue(null);
        _socket.Readable!();
        port.CloseNow();
        Assert.Equal(["made", "3 bytes", "refused", "stopped"], _protocol.Heard);
        Assert.Same(port, port.Get<IUnixDatagramTransport>());
        Assert.Null(port.Get<IUdpTransport>());
    }

    [Fact]
    public void Its_abilities_are_its_own_or_its_sockets()
    {
        UnixDatagramPort port = Open();
        Assert.Same(port, port.Get<IUnixDatagramTransport>());
        Assert.Same(_socket, port.Get<IDatagramDriver>());
        Assert.Contains($"{_protocol} starting on /run/here", Lines);
    }

    private sealed class Messages : UnixDatagramProtocol
    {
        internal List<string> Heard { get; } = [];

        protected override void StartProtocol() => Heard.Add("made");

        protected override void DatagramReceived(ReadOnlySpan<byte> data, string? from) =>
            Heard.Add($"{data.Length} bytes");

        protected override void ConnectionRefused() => Heard.Add("refused");

        protected override void StopProtocol() => Heard.Add("stopped");
    }
}
