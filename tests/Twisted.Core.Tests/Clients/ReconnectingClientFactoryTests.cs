using System.Net;
using Twisted.Testing;

namespace Twisted.Tests;

public class ReconnectingClientFactoryTests
{
    private const int Port = 7000;

    private readonly VirtualClock _clock = new();
    private readonly MemoryReactor _memory;

    public ReconnectingClientFactoryTests() => _memory = new MemoryReactor(_clock);

    private static BackoffPolicy Exact => new() { Jitter = 0 };

    [Fact]
    public void Waits_grow_by_the_factor_from_the_initial_delay_to_the_limit()
    {
        var factory = new Client(_clock, Exact);
        Connect(factory);
        _clock.Advance(TimeSpan.FromHours(6));
        double[] waits = [.. factory.Attempts.Zip(factory.Attempts.Skip(1), (a, b) => (b - a).TotalSeconds)];
        double[] expected = [1, 2.718, 7.389, 20.09, 54.60, 148.4, 403.4, 1096.6, 2981, 3600, 3600];
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], waits[i], expected[i] * 0.001);
    }

    [Fact]
    public void Jitter_stays_within_the_limit_and_is_never_negative()
    {
        var factory = new Client(_clock, new BackoffPolicy
        {
            InitialDelay = TimeSpan.FromSeconds(10),
            MaxDelay = TimeSpan.FromSeconds(10),
            Jitter = 2,
            Random = new Random(5),
        });
        Connect(factory);
        _clock.Advance(TimeSpan.FromHours(1));
        TimeSpan[] waits = [.. factory.Attempts.Zip(factory.Attempts.Skip(1), (a, b) => b - a)];
        Assert.All(waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
        Assert.True(waits.Distinct().Count() > 5);
    }

    [Fact]
    public void It_gives_up_after_the_retries_it_may_make()
    {
        var factory = new Client(_clock, Exact with { MaxRetries = 2 });
        Connect(factory);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, factory.Attempts.Count);
        Assert.Equal((1, 1), (factory.Started, factory.Stopped));
        Janitor.AssertClean(_clock);
    }

    [Fact]
    public void A_reset_delay_begins_anew()
    {
        var factory = new Client(_clock, Exact);
        Connect(factory);
        _clock.Advance(TimeSpan.FromSeconds(12)); // 1 + 2.7 + 7.4: three attempts after the first
        Assert.Equal(4, factory.Attempts.Count);
        factory.ResetDelay();
        Assert.Equal(0, factory.Retries);
        _clock.Advance(TimeSpan.FromSeconds(19.5)); // the wait that has begun stays as it is
        Assert.Equal(5, factory.Attempts.Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(6, factory.Attempts.Count);
    }

    [Fact]
    public void It_comes_back_when_the_server_does_and_again_after_a_loss()
    {
        var factory = new Client(_clock, Exact);
        Connect(factory);
        _clock.Advance(TimeSpan.FromSeconds(2));
        IListeningPort port = _memory.Reactor.ListenTcp(Port, () => new Closing());
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, factory.Built);
        _clock.Advance(TimeSpan.FromSeconds(3.5)); // lost at once; ResetDelay was called: 1 s, lost, 1 s ...
        Assert.Equal(4, factory.Built);
        port.StopListening().Forget();
    }

    [Fact]
    public void StopTrying_ends_a_wait_and_the_factory_stops()
    {
        var factory = new Client(_clock, Exact);
        Connect(factory);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        factory.StopTrying();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(factory.Attempts);
        Assert.Equal((1, 1), (factory.Started, factory.Stopped));
        Janitor.AssertClean(_clock);
    }

    [Fact]
    public void StopTrying_ends_an_attempt()
    {
        var factory = new Client(_clock, Exact);
        _memory.Reactor.ConnectTcp("127.0.0.1", Port, factory);
        factory.StopTrying();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(factory.Attempts);
        Assert.IsType<ConnectingCancelledException>(factory.Failure);
    }

    [Fact]
    public void StopTrying_while_connected_ends_with_that_connection()
    {
        var factory = new Client(_clock, Exact);
        IListeningPort port = _memory.Reactor.ListenTcp(Port, () => new Silent());
        IConnector connector = _memory.Reactor.ConnectTcp("127.0.0.1", Port, factory);
        _clock.Advance(TimeSpan.Zero);
        Assert.Equal(ConnectorState.Connected, connector.State);
        factory.StopTrying();
        Assert.Equal(ConnectorState.Connected, connector.State);
        connector.Disconnect();
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Single(factory.Attempts);
        Assert.Equal((1, 1), (factory.Started, factory.Stopped));
        port.StopListening().Forget();
    }

    [Fact]
    public void The_factory_stays_started_between_attempts()
    {
        var factory = new Client(_clock, Exact);
        Connect(factory);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((1, 0), (factory.Started, factory.Stopped));
        factory.StopTrying();
    }

    private void Connect(Client factory)
    {
        _memory.Reactor.ConnectTcp("127.0.0.1", Port, factory);
        _clock.Advance(TimeSpan.Zero);
    }

    private sealed class Closing : Protocol
    {
        protected override void ConnectionMade() => Transport.LoseConnection();
    }

    private sealed class Silent : Protocol;

    private sealed class Client(IReactorTime reactor, BackoffPolicy backoff)
        : ReconnectingClientFactory(reactor, backoff)
    {
        public List<TimeSpan> Attempts { get; } = [];

        public int Built { get; private set; }

        public int Started { get; private set; }

        public int Stopped { get; private set; }

        public Exception? Failure { get; private set; }

        protected override void StartFactory() => Started++;

        protected override void StopFactory() => Stopped++;

        protected override void StartedConnecting(IConnector connector)
        {
            base.StartedConnecting(connector);
            Attempts.Add(Clock.Now);
        }

        public override IProtocol BuildProtocol(EndPoint peer)
        {
            Built++;
            ResetDelay();
            return new Silent();
        }

        protected override void ClientConnectionFailed(IConnector connector, Exception reason)
        {
            Failure = reason;
            base.ClientConnectionFailed(connector, reason);
        }
    }
}
