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

    [Fact]
    public void Impossible_options_fail_where_they_are_given() => Sim.Explore(1, sim =>
    {
        SimulatedHost one = sim.Host("one");
        SimulatedLink link = sim.Link(one, sim.Host("two"));
        TimeSpan second = TimeSpan.FromSeconds(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => link.Latency(-second, second));
        Assert.Throws<ArgumentOutOfRangeException>(() => link.Latency(second, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => link.Reads(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => link.Resets(1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => link.Partitions(0.1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Descriptors(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => one.Descriptors(3, reserveFails: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => sim.RunFor(TimeSpan.Zero));
        Assert.Contains("DataReceived", Assert.Throws<ArgumentException>(() => one.ThrowsIn("data", 0.1)).Message,
            StringComparison.Ordinal);
        Assert.Contains("one, two", Assert.Throws<ArgumentException>(() => sim.Link("one", "three")).Message,
            StringComparison.Ordinal);
    });

    [Fact]
    public void What_never_goes_quiet_stops_at_its_limit_and_says_what_is_pending()
    {
        var failed = Assert.Throws<SimulationFailedException>(() => Sim.Explore(1, sim =>
        {
            new LoopingCall(sim.Host("busy").Reactor, () => { }).Start(TimeSpan.FromSeconds(1)).Forget();
            sim.RunUntilQuiet(OneHour);
        }));
        Assert.Contains("Not quiet after 01:00:00", failed.Message, StringComparison.Ordinal);
        Assert.Contains("busy: a timer due at", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_never_waits_is_told_to_spin()
    {
        var failed = Assert.Throws<SimulationFailedException>(() => Sim.Explore(1, sim =>
        {
            IReactor reactor = sim.Host("busy").Reactor;
            void Again() => reactor.CallLater(TimeSpan.Zero, Again);
            Again();
            sim.RunUntilQuiet(OneHour);
        }));
        Assert.Contains("busy spins: ", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_port_without_any_descriptor_lets_the_client_wait()
    {
        int waited = 0;
        Sim.Explore(20, sim =>
        {
            SimulatedHost server = sim.Host("server").Descriptors(2, reserveFails: 1), client = sim.Host("client");
            server.Reactor.ListenTcp(7, Factory.For(() => new Echo()));
            Asking first = new(Echoed.Rightly) { Stays = true }, second = new(Echoed.Rightly);
            client.Reactor.ConnectTcp("server", 7, new AskingFactory(first));
            sim.RunFor(TimeSpan.FromSeconds(1));
            client.Reactor.ConnectTcp("server", 7, new AskingFactory(second));
            sim.RunFor(TimeSpan.FromSeconds(2));
            bool waits = !second.Ended.IsFired; // or it was refused: the seed decides
            waited += waits ? 1 : 0;
            first.Transport.LoseConnection();
            sim.RunUntilQuiet(OneHour);
            sim.Check.That(second.HasAll == waits, "who waits is served, and who was refused is not");
            sim.Check.NoLeaks();
        });
        Assert.InRange(waited, 1, 19);
    }

    [Fact]
    public void A_check_that_does_not_hold_or_throws_ends_the_run()
    {
        var failed = Assert.Throws<SimulationFailedException>(() => Sim.Explore(1, sim =>
        {
            int rounds = 0;
            sim.Check.Always(() => rounds < 3, "there are fewer than three rounds");
            void Again()
            {
                rounds++;
                sim.Host("one").Reactor.CallLater(TimeSpan.FromSeconds(1), Again);
            }
            Again();
            sim.RunUntilQuiet(OneHour);
        }));
        Assert.Contains("After 00:00:02 it is not so that there are fewer", failed.Message, StringComparison.Ordinal);
        failed = Assert.Throws<SimulationFailedException>(() => Sim.Explore(1, sim =>
        {
            sim.Check.Always(() => throw new InvalidDataException("the checker itself"), "anything");
            sim.Host("one").Reactor.CallLater(TimeSpan.Zero, () => { });
            sim.RunUntilQuiet(OneHour);
        }));
        Assert.IsType<InvalidDataException>(failed.InnerException);
    }

    [Fact]
    public void Every_cut_of_a_short_stream_is_tried()
    {
        var cuts = new HashSet<string>();
        int ways = Sim.Exhaust(100_000, sim =>
        {
            var cut = new Cuts();
            sim.Host("server").Reactor.ListenTcp(7, Factory.For(() => cut));
            sim.Link(sim.Host("client"), sim.Host("server")).Reads(1, 4);
            sim.Host("client").Reactor.ConnectTcp("server", 7, new AskingFactory(new Asking(Echoed.Rightly)));
            sim.RunFor(TimeSpan.FromSeconds(1));
            cuts.Add(cut.Told);
        });
        Assert.True(ways >= cuts.Count, $"{ways} ways");
        Assert.Contains("1111111111", cuts);
        Assert.Contains("4321", cuts);
        Assert.Contains("(10)", cuts);
    }

    [Fact]
    public void A_run_that_the_seed_does_not_decide_is_told()
    {
        int run = 0;
        var failed = Assert.Throws<SimulationException>(() => Sim.Explore(
            new SimulationOptions { Seeds = 1, Repeats = true }, sim =>
            {
                sim.Host("one").Reactor.ListenTcp(++run, Factory.For(() => new Echo()));
                sim.RunUntilQuiet(OneHour);
            }));
        Assert.Contains("Seed 1 is another run each time", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_decisions_that_is_none_is_told() =>
        Assert.Throws<FormatException>(() => Sim.Replay("ReadSize(1)=2", sim => { }));

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

    /// <summary>Remembers how long each read was.</summary>
    private sealed class Cuts : Protocol
    {
        public string Told { get; private set; } = "";

        protected override void DataReceived(ReadOnlySpan<byte> data) =>
            Told += data.Length < 10 ? $"{data.Length}" : $"({data.Length})";
    }

    private sealed class Asking(Echoed how) : Protocol
    {
        private readonly List<byte> _received = [];

        public bool Stays { get; init; }

        public bool HasAll => _received.Count == 10;

        public Deferred Ended { get; } = new();

        protected override void ConnectionMade() => Transport.Write("0123456789"u8);

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            _received.AddRange(data);
            Assert.True("0123456789"u8.StartsWith(_received.ToArray()));
            Assert.True(how == Echoed.Rightly || data.Length == 10);
            if (HasAll && !Stays)
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
