using System.Net;
using Twisted.Protocols;
using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations.Scenarios;

/// <summary>Clients that come again, give up, look names up, or think in threads.</summary>
internal static class Clients
{
    private const int Port = 6667;

    internal static void Reconnect(Simulation sim)
    {
        sim.Breaking().Resets(0.1);
        IReactor server = sim.Host("server").Reactor;
        server.CallLater(FromSeconds(4 * sim.Choose("late", 4)), // until then nobody is there
            () => { server.ListenTcp(Port, Factory.For(() => new Protocols.Wire.Echo())); });
        var again = new Again(sim.Host("client").Reactor, sim.Choose("jitter", 1000));
        sim.Host("client").Reactor.ConnectTcp("server", Port, again);
        sim.Finish(again.Done);
        Check.That(again.Answered, "who comes again is answered in the end");
    }

    internal static void Cancel(Simulation sim)
    {
        sim.Breaking().Latency(Zero, FromSeconds(2));
        IReactor reactor = sim.Host("client").Reactor;
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Protocols.Wire.Echo()));
        var endpoint = new TcpClientEndpoint(reactor, "server", Port);
        var ended = new List<Deferred>();
        for (int i = 0; i < 4; i++)
        {
            bool isCancelled = false;
            Deferred<Leaving> attempt = endpoint.Connect(() => new Leaving(() => !isCancelled));
            void Cancel()
            {
                isCancelled = !attempt.IsFired;
                attempt.Cancel();
            }
            int when = sim.Choose("when", 30);
            if (when == 29)
                Cancel(); // before it has begun
            else
                reactor.CallLater(FromMilliseconds(100 * when), Cancel);
            ended.Add(attempt.AddBoth(outcome => { }));
        }
        sim.Finish([.. ended]);
    }

    internal static void Names(Simulation sim)
    {
        sim.Uneven();
        SimulatedHost client = sim.Host("client").NameDelays(Zero, FromSeconds(20)).NamesFail(0.3);
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Protocols.Wire.Echo()));
        var ended = new List<Deferred>();
        foreach (string name in (string[])["server", "nowhere", "server"])
        {
            var endpoint = new HostnameEndpoint(client.Reactor, name, Port)
            {
                Options = new TcpConnectOptions { Timeout = FromSeconds(10) },
            };
            ended.Add(endpoint.ConnectProtocol(new Leaving(() => true)).AddBoth(outcome =>
                    Check.That(outcome.Failure is null || name != "server" || outcome.Failure is ConnectException
                        or DnsLookupException, "a failure says what failed")));
        }
        sim.Finish([.. ended]);
    }

    internal static void Threads(Simulation sim)
    {
        IReactor reactor = sim.Host("client").ThreadDelays(Zero, FromSeconds(1)).Reactor;
        int running = 0;
        var two = new DeferredSemaphore(2);
        Deferred<int>[] all =
        [
            .. Enumerable.Range(0, 8).Select(i => two.Run(() =>
            {
                Check.That(++running <= 2, "a semaphore of two lets two in");
                return reactor.DeferToThread(() => i * i).AddCallback(square =>
                {
                    running--;
                    return square;
                });
            })),
        ];
        Deferred<int[]> gathered = Deferred.GatherResults(all);
        int sum = 0;
        gathered.AddCallback(squares => { sum = squares.Sum(); });
        sim.Finish(gathered);
        Check.That(sum == 140, "each answer comes to who asked");
    }

    internal static void GivenUp(Simulation sim)
    {
        IReactor reactor = sim.Host("client").ThreadDelays(Zero, FromSeconds(1)).Reactor;
        int running = 0;
        var two = new DeferredSemaphore(2);
        var ended = new List<Deferred>();
        for (int i = 0; i < 8; i++)
        {
            Deferred<Lease> waiting = two.Acquire();
            int when = sim.Choose("when", 10);
            if (when > 0)
                reactor.CallLater(FromMilliseconds(100 * when), waiting.Cancel);
            ended.Add(waiting.AddCallback(lease => Work(lease)).AddErrback<CancelledException>(_ => { }));
        }
        sim.Finish([.. ended]);
        Check.That(two.Waiting == 0 && two.Acquire().IsFired, "every token comes back");

        Deferred Work(Lease lease)
        {
            Check.That(++running <= 2, "a semaphore of two lets two in");
            return reactor.DeferToThread(() => { }).Finally(() =>
            {
                running--;
                lease.Dispose();
            });
        }
    }

    private sealed class Leaving(Func<bool> isWanted) : Protocol
    {
        protected override void ConnectionMade()
        {
            Check.That(isWanted(), "what was cancelled is not connected");
            Transport.LoseConnection();
        }
    }

    /// <summary>Asks until it is answered.</summary>
    private sealed class Again(IReactorTime clock, int seed)
        : ReconnectingClientFactory(clock, new BackoffPolicy { Random = new Random(seed) })
    {
        internal Deferred Done { get; } = new();

        internal bool Answered { get; private set; }

        /// <summary>When a connection that was good was lost; null after an attempt that failed.</summary>
        private TimeSpan? _lostAt;

        public override IProtocol BuildProtocol(EndPoint peer)
        {
            ResetDelay();
            return new Asking(this);
        }

        protected override void StartedConnecting(IConnector connector)
        {
            base.StartedConnecting(connector);
            Check.That(_lostAt is null || Clock.Now - _lostAt < FromSeconds(2),
                "the first wait after a good connection is a short one");
            _lostAt = null;
        }

        protected override void ClientConnectionLost(IConnector connector, Exception reason)
        {
            _lostAt = Clock.Now;
            base.ClientConnectionLost(connector, reason);
        }

        private sealed class Asking(Again owner) : Protocol
        {
            private int _received;

            protected override void ConnectionMade() => Transport.Write(KnownBytes.Make(60));

            protected override void DataReceived(ReadOnlySpan<byte> data)
            {
                _received += data.Length;
                if (_received < 60)
                    return;
                owner.StopTrying();
                Transport.LoseConnection();
                if (owner.Answered)
                    return;
                owner.Answered = true;
                owner.Done.Callback();
            }
        }
    }
}
