using System.Net;
using Twisted.Conformance;
using Twisted.Testing;
using Peer = Twisted.Conformance.Probe;

namespace Twisted.Tests;

public class EndpointConnectionTests
{
    private readonly MemoryNetwork _net = new(new VirtualClock());

    private sealed class Building(Func<IProtocol?> build) : ServerFactory
    {
        internal List<string> Events { get; } = [];

        public override IProtocol? BuildProtocol(EndPoint peer) => build();

        protected override void StartFactory() => Events.Add("start");

        protected override void StopFactory() => Events.Add("stop");
    }

    private Deferred<IProtocol> Connect(IProtocolFactory factory, Peer? server = null)
    {
        _net.Server("it").Listen(Factory.For(() => server ?? new Peer())).Forget();
        Deferred<IProtocol> connecting = _net.Client("it").Connect(factory);
        _net.Clock.Advance(TimeSpan.FromSeconds(1));
        return connecting;
    }

    [Fact]
    public void What_is_connected_is_the_protocol_that_was_built()
    {
        var built = new Peer();
        Assert.Same(built, Probe.ValueOf(Connect(new Building(() => built))));
        Assert.Equal(1, built.MadeCount);
    }

    [Fact]
    public void It_hears_of_half_close_itself()
    {
        var server = new HalfClosingProbe();
        var client = new HalfClosingProbe();
        Probe.ValueOf(Connect(new Building(() => client), server));
        client.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        server.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        _net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.All((Deferred[])[client.ReadLost, client.WriteLost, server.ReadLost], Probe.Succeeded);
    }

    [Fact]
    public void A_protocol_without_half_close_ends_with_that_of_the_peer()
    {
        var server = new HalfClosingProbe();
        var client = new Peer();
        Probe.ValueOf(Connect(new Building(() => client), server));
        server.Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        _net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, client.LostCount);
    }

    [Fact]
    public void A_factory_that_throws_fails_the_Deferred() =>
        Probe.FailureOf<BoomException>(Connect(new Building(() => throw new BoomException())));

    [Fact]
    public void A_factory_that_builds_nothing_fails_the_Deferred() =>
        Probe.FailureOf<NoProtocolException>(Connect(new Building(() => null)));

    [Fact]
    public void The_factory_is_started_and_stopped()
    {
        var client = new Peer();
        var factory = new Building(() => client);
        Probe.ValueOf(Connect(factory));
        Assert.Equal(["start"], factory.Events);
        client.Transport.LoseConnection();
        _net.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["start", "stop"], factory.Events);
    }
}
