using System.Net;
using Twisted.Testing;

namespace Twisted.Tests.Policies;

public class ProtocolWrapperTests
{
    private readonly Remembering _inner = new();
    private readonly StringTransport _transport;

    public ProtocolWrapperTests() =>
        _transport = StringTransport.Connect(new Plain(Factory.For(() => _inner)).BuildProtocol(null!)!);

    private sealed class Plain(IProtocolFactory inner) : WrappingFactory(inner)
    {
        protected override IProtocol Wrap(IProtocol protocol) => new Wrapper(protocol);

        private sealed class Wrapper(IProtocol inner) : ProtocolWrapper(inner);
    }

    private sealed class Remembering : Protocol
    {
        internal List<string> Events { get; } = [];

        protected override void ConnectionMade() => Events.Add("made");

        protected override void DataReceived(ReadOnlySpan<byte> data) => Events.Add($"{data.Length} bytes");

        protected override void ConnectionLost(Exception reason) => Events.Add(reason.GetType().Name);
    }

    private sealed class Producer : IPushProducer, IPullProducer
    {
        internal List<string> Events { get; } = [];

        public void PauseProducing() => Events.Add("pause");

        public void ResumeProducing() => Events.Add("resume");

        public void StopProducing() => Events.Add("stop");
    }

    [Fact]
    public void What_happens_below_reaches_the_protocol()
    {
        _transport.Receive("four");
        _transport.Disconnect();
        Assert.Equal(["made", "4 bytes", nameof(ConnectionDoneException)], _inner.Events);
    }

    [Fact]
    public void Its_ends_are_those_of_the_transport()
    {
        Assert.Equal(_transport.Peer, _inner.Transport.Peer);
        Assert.Equal(_transport.Host, _inner.Transport.Host);
    }

    [Fact]
    public void What_the_protocol_asks_for_is_done_below()
    {
        _inner.Transport.Write("text"u8);
        Assert.Equal("text", _transport.Text);
        _inner.Transport.PauseProducing();
        Assert.True(_transport.IsPaused);
        _inner.Transport.ResumeProducing();
        Assert.False(_transport.IsPaused);
        _inner.Transport.LoseConnection();
        Assert.True(_transport.IsDisconnecting && _inner.Transport.IsDisconnecting);
        _inner.Transport.AbortConnection();
        Assert.True(_transport.IsAborted);
    }

    [Fact]
    public void A_push_producer_is_registered_below_and_taken_away_there()
    {
        var producer = new Producer();
        _inner.Transport.RegisterProducer((IPushProducer)producer);
        Assert.Throws<InvalidOperationException>(() => _transport.RegisterProducer((IPushProducer)new Producer()));
        _inner.Transport.UnregisterProducer();
        _transport.RegisterProducer((IPushProducer)new Producer());
        Assert.Empty(producer.Events);
    }

    [Fact]
    public void A_pull_producer_is_asked_from_below_and_stopped_at_the_end()
    {
        var producer = new Producer();
        _inner.Transport.RegisterProducer((IPullProducer)producer);
        Assert.Equal(["resume"], producer.Events);
        _transport.Disconnect();
        Assert.Equal(["resume", "stop"], producer.Events);
    }

    [Fact]
    public void Reading_stops_below()
    {
        _inner.Transport.StopProducing();
        Assert.True(_transport.IsDisconnecting);
    }

    [Fact]
    public void Abilities_of_the_transport_are_found_through_it()
    {
        var net = new MemoryNetwork(new VirtualClock());
        net.Server("it").Listen(new Plain(Factory.For(() => _inner))).Forget();
        net.Connect("it");
        var host = (ProtocolWrapper)_inner.Transport;
        Assert.Same(host, host.Get<ProtocolWrapper>());
        Assert.NotNull(host.Get<IHalfCloseable>());
        Assert.Null(host.Get<ITlsInfo>());
    }

    [Fact]
    public void A_factory_is_told_of_its_connector_through_its_wrapper()
    {
        var net = new MemoryNetwork(new VirtualClock());
        var inner = new Client();
        IListeningPort port = net.Reactor.ListenTcp(7, Factory.For(() => new Remembering()));
        IConnector connector = net.Reactor.ConnectTcp("127.0.0.1", 7, new Plain(inner));
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        connector.Disconnect();
        net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["connecting", "lost"], inner.Events);
        port.StopListening().Forget();
    }

    private sealed class Client : ClientFactory
    {
        internal List<string> Events { get; } = [];

        public override IProtocol BuildProtocol(EndPoint peer) => new Remembering();

        protected override void StartedConnecting(IConnector connector) => Events.Add("connecting");

        protected override void ClientConnectionFailed(IConnector connector, Exception reason) => Events.Add("failed");

        protected override void ClientConnectionLost(IConnector connector, Exception reason) => Events.Add("lost");
    }
}
