using Twisted.Testing;
using Sim = Twisted.Testing.Simulation;

namespace Twisted.Tests;

/// <summary>The network that can be replayed.</summary>
public class SimulationTests
{
    private static readonly TimeSpan OneHour = TimeSpan.FromHours(1);

    [Fact]
    public void A_hostile_network_loses_nothing_of_an_echo() => Sim.Explore(200, Hostile(Echoed.Rightly));

    [Fact]
    public void The_same_seed_is_the_same_run()
    {
        var options = new SimulationOptions { Seeds = 50, Repeats = true };
        SimulationReport once = Sim.Explore(options, Hostile(Echoed.Rightly));
        SimulationReport again = Sim.Explore(options, Hostile(Echoed.Rightly));
        Assert.Equal(once, again);
        Assert.NotEqual(once.Hash, Sim.Explore(options with { FirstSeed = 2 }, Hostile(Echoed.Rightly)).Hash);
    }

    [Fact]
    public void A_failure_is_shrunk_and_says_how_to_repeat_it()
    {
        Action<Sim> body = Hostile(Echoed.AsIfReadsWereMessages);
        var failed = Assert.Throws<SimulationFailedException>(() => Sim.Explore(1000, body));
        Assert.InRange(failed.DecisionCount, 1, 2);
        Assert.Contains($"Seed {failed.Seed} fails", failed.Message, StringComparison.Ordinal);
        Assert.Contains(failed.Decisions, failed.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => Sim.Replay(failed.Decisions, body));
        Sim.Replay("", body); // on a quiet network it is well
    }

    private enum Echoed
    {
        Rightly,
        AsIfReadsWereMessages,
    }

    private static Action<Sim> Hostile(Echoed how) => sim =>
    {
        SimulatedHost server = sim.Host("server"), client = sim.Host("client");
        sim.Link("server", "client").Latency(TimeSpan.Zero, TimeSpan.FromMilliseconds(80)).Reads(1, 7).Writes(1, 50)
            .Resets(0.01).Partitions(0.02, TimeSpan.FromSeconds(3));
        server.Reactor.ListenTcp(7, Factory.For(() => new Echo()));
        var asking = new Asking(how);
        client.Reactor.ConnectTcp("server", 7, new AskingFactory(asking));
        sim.RunUntilQuiet(OneHour);
        sim.Check.Fired(asking.Ended);
        sim.Check.BytesConserved();
        sim.Check.NoLeaks();
    };

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }

    private sealed class Asking(Echoed how) : Protocol
    {
        private readonly List<byte> _received = [];

        public Deferred Ended { get; } = new();

        protected override void ConnectionMade() => Transport.Write("0123456789"u8);

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            _received.AddRange(data);
            Assert.True("0123456789"u8.StartsWith(_received.ToArray()));
            Assert.True(how == Echoed.Rightly || data.Length == 10);
            if (_received.Count == 10)
                Transport.LoseConnection();
        }

        protected override void ConnectionLost(Exception reason) => Ended.Callback();
    }

    private sealed class AskingFactory(Asking asking) : ClientFactory
    {
        public override IProtocol BuildProtocol(System.Net.EndPoint peer) => asking;

        protected override void ClientConnectionFailed(IConnector connector, Exception reason) =>
            asking.Ended.Callback();
    }
}
