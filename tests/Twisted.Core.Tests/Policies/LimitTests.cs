using System.Net;
using Twisted.Testing;

namespace Twisted.Tests.Policies;

public class LimitTests
{
    private sealed class Greeting(string text) : Protocol
    {
        protected override void ConnectionMade() => Transport.Write(text);
    }

    private sealed class Refusal : Protocol
    {
        protected override void ConnectionMade()
        {
            Transport.Write("busy");
            Transport.LoseConnection();
        }
    }

    private static Factory Greetings() => Factory.For(() => new Greeting("hello"));

    [Fact]
    public void One_connection_too_many_is_closed_and_the_next_is_served_when_there_is_room()
    {
        var net = new MemoryNetwork(new VirtualClock());
        var factory = new LimitTotalConnectionsFactory(Greetings(), 2);
        net.Server("it").Listen(factory).Forget();
        MemoryPeer first = net.Connect("it"), second = net.Connect("it"), third = net.Connect("it");
        Assert.Equal(("hello", "hello", ""), (first.Received, second.Received, third.Received));
        Assert.False(third.IsConnected);
        Assert.Equal(2, factory.ConnectionCount);
        first.Close();
        Assert.Equal(1, factory.ConnectionCount);
        Assert.Equal("hello", net.Connect("it").Received);
    }

    [Fact]
    public void One_connection_too_many_is_told_so_by_the_overflow_protocol()
    {
        var net = new MemoryNetwork(new VirtualClock());
        net.Server("it").Listen(new LimitTotalConnectionsFactory(Greetings(), 1) { Overflow = () => new Refusal() })
            .Forget();
        net.Connect("it");
        MemoryPeer second = net.Connect("it");
        Assert.Equal("busy", second.Received);
        Assert.False(second.IsConnected);
    }

    [Fact]
    public void Overflowing_connections_that_stay_are_limited_too()
    {
        var net = new MemoryNetwork(new VirtualClock());
        net.Server("it").Listen(new LimitTotalConnectionsFactory(Greetings(), 1)
        {
            Overflow = () => new Greeting("wait"),
        }).Forget();
        net.Connect("it");
        Assert.Equal("wait", net.Connect("it").Received);
        Assert.False(net.Connect("it").IsConnected);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8::1", "2001:db8::2", true)]
    [InlineData("2001:db8::1", "2001:db8:0:1::1", false)]
    [InlineData("127.0.0.1", "127.0.0.1", false)]
    [InlineData("::1", "::1", false)]
    [InlineData("203.0.113.7", "203.0.113.7", false)] // a proxy
    public void A_source_has_a_limit_of_its_own(string first, string second, bool isTheSame)
    {
        var factory = new LimitConnectionsByPeerFactory(Greetings(), 1)
        {
            IsExempt = address => address.Equals(IPAddress.Parse("203.0.113.7")),
        };
        IProtocol? one = factory.BuildProtocol(new IPEndPoint(IPAddress.Parse(first), 1));
        Assert.NotNull(one);
        Assert.Equal(isTheSame, factory.BuildProtocol(new IPEndPoint(IPAddress.Parse(second), 2)) is null);
    }

    [Fact]
    public void A_source_that_has_gone_is_forgotten()
    {
        var factory = new LimitConnectionsByPeerFactory(Greetings(), 2);
        var peer = new IPEndPoint(IPAddress.Parse("192.0.2.9"), 1);
        StringTransport one = StringTransport.Connect(factory.BuildProtocol(peer)!);
        StringTransport two = StringTransport.Connect(factory.BuildProtocol(peer)!);
        Assert.Null(factory.BuildProtocol(peer));
        one.Disconnect();
        Assert.Equal(1, factory.SourceCount);
        two.Disconnect();
        Assert.Equal(0, factory.SourceCount);
        Assert.NotNull(factory.BuildProtocol(peer));
    }

    [Fact]
    public void Peers_without_an_address_are_not_limited()
    {
        var factory = new LimitConnectionsByPeerFactory(Greetings(), 1);
        var peer = new DnsEndPoint("somewhere", 1);
        Assert.NotNull(factory.BuildProtocol(peer));
        Assert.NotNull(factory.BuildProtocol(peer));
    }

    [Fact]
    public void The_wrapped_factory_is_started_and_stopped_and_told_of_its_connectors()
    {
        var net = new MemoryNetwork(new VirtualClock());
        var inner = new Remembering();
        var connector = net.Reactor.ConnectTcp("127.0.0.1", 9, new LimitTotalConnectionsFactory(inner, 1));
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ConnectorState.Disconnected, connector.State);
        Assert.Equal(["start", "connecting", "failed", "stop"], inner.Events);
    }

    private sealed class Remembering : ClientFactory
    {
        internal List<string> Events { get; } = [];

        public override IProtocol? BuildProtocol(EndPoint peer) => null;

        protected override void StartFactory() => Events.Add("start");

        protected override void StopFactory() => Events.Add("stop");

        protected override void StartedConnecting(IConnector connector) => Events.Add("connecting");

        protected override void ClientConnectionFailed(IConnector connector, Exception reason) => Events.Add("failed");
    }
}
