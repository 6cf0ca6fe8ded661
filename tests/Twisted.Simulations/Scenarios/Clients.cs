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
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Protocols.Wire.Echo()));
        var again = new Again(sim.Host("client").Reactor, (int)sim.Seed);
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
            Deferred<Leaving> attempt = endpoint.ConnectProtocol(new Leaving());
            reactor.CallLater(FromMilliseconds(100 * sim.Choose("when", 30)), () => attempt.Cancel());
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
            ended.Add(endpoint.ConnectProtocol(new Leaving()).AddBoth(outcome =>
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

    private sealed class Leaving : Protocol
    {
        protected override void ConnectionMade() => Transport.LoseConnection();
    }

    /// <summary>Asks until it is answered.</summary>
    private sealed class Again(IReactorTime clock, int seed)
        : ReconnectingClientFactory(clock, new BackoffPolicy { Random = new Random(seed) })
    {
        internal Deferred Done { get; } = new();

        internal bool Answered { get; private set; }

        public override IProtocol BuildProtocol(EndPoint peer)
        {
            ResetDelay();
            return new Asking(this);
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
