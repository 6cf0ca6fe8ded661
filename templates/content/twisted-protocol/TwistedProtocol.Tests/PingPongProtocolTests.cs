using Twisted.Testing;

namespace APPLICATION_NAMESPACE.Tests;

/// <summary>No socket, no sleep, no thread: a network in memory, and a clock that moves when it is told to.</summary>
public class PingPongProtocolTests
{
    private readonly MemoryNetwork _network = new(new VirtualClock());
    private readonly MemoryPeer _client;

    public PingPongProtocolTests()
    {
        _network.Server("ping").Listen(() => new PingPongProtocol(_network.Clock)).Forget();
        _client = _network.Connect("ping");
    }

    [Fact]
    public void A_ping_is_answered_however_the_network_cuts_it()
    {
        _client.Send("ping\r\n", chunk: 1);
        Assert.Equal("pong\r\n", _client.Received);
    }

    [Fact]
    public void Anything_else_is_not_understood()
    {
        _client.Send("hello\r\n");
        Assert.Equal("what?\r\n", _client.Received);
    }

    [Fact]
    public void A_silent_client_has_to_leave()
    {
        _network.Clock.Advance(PingPongProtocol.Patience - TimeSpan.FromSeconds(1));
        Assert.True(_client.IsConnected);

        _network.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(_client.IsConnected);
    }

    [Fact]
    public void Who_speaks_may_stay()
    {
        _network.Clock.Advance(PingPongProtocol.Patience - TimeSpan.FromSeconds(1));
        _client.Send("ping\r\n");
        _network.Clock.Advance(PingPongProtocol.Patience - TimeSpan.FromSeconds(1));
        Assert.True(_client.IsConnected);
    }
}
