using Twisted.Protocols;
using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations.Scenarios;

/// <summary>A connection ends once, for both sides, with the right reason, and nothing said before is lost.</summary>
internal static class Endings
{
    private const int Port = 13;
    private const int Length = 5000;

    internal static void LastWords(Simulation sim)
    {
        sim.Uneven();
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Parting()));
        var hearing = new Hearing();
        hearing.Dial(sim.Host("client"), "server", Port);
        sim.Finish(hearing.Ended);
        Check.That(hearing.Received == Length, "what was written before LoseConnection arrives");
        Check.That(hearing.Reason is ConnectionDoneException, "a connection that was lost on purpose is done");
    }

    internal static void HalfClose(Simulation sim)
    {
        sim.Uneven();
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Counting()));
        var asking = new Closing();
        asking.Dial(sim.Host("client"), "server", Port);
        sim.Finish(asking.Ended);
        Check.That(asking.Answer == $"{Length}", "the answer to a closed question comes");
    }

    internal static void Abort(Simulation sim)
    {
        sim.Uneven();
        var servers = new List<Parting>();
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() =>
        {
            servers.Add(new Parting());
            return servers[^1];
        }));
        var hearing = new Hearing { AbortsAfter = 1 + (100 * sim.Choose("when", 20)) };
        hearing.Dial(sim.Host("client"), "server", Port);
        sim.Finish(hearing.Ended);
        Check.That(hearing.Reason is ConnectionAbortedException, "who aborts is told so");
        Check.That(servers is [{ Ends: 1 }], "the other side hears of it once");
    }

    internal static void Silence(Simulation sim)
    {
        sim.Uneven().HalfOpens(0.02);
        IReactor reactor = sim.Host("server").Reactor;
        var idle = new IdleTimeoutFactory(Factory.For(() => new Protocols.Wire.Echo()), reactor, FromSeconds(30));
        reactor.ListenTcp(Port, idle);
        var chatting = new Chatting(sim.Host("client").Reactor);
        chatting.Dial(sim.Host("client"), "server", Port);
        sim.Finish(chatting.Ended);
    }

    internal static void Stop(Simulation sim)
    {
        sim.Uneven();
        IReactor reactor = sim.Host("server").Reactor;
        var servers = new List<Parting>();
        reactor.ListenTcp(Port, Factory.For(() =>
        {
            servers.Add(new Parting());
            return servers[^1];
        }));
        reactor.CallLater(FromMilliseconds(20 * sim.Choose("when", 10)), reactor.Stop);
        Hearing[] hearing = [new(), new(), new()];
        foreach (Hearing one in hearing)
            one.Dial(sim.Host("client"), "server", Port);
        sim.Finish([.. hearing.Select(one => one.Ended)]);
        Check.That(servers.All(server => server.Ends == 1), "a reactor that stops tells every protocol");
    }

    private sealed class Parting : Protocol
    {
        internal int Ends { get; private set; }

        protected override void ConnectionMade()
        {
            Transport.Write(KnownBytes.Make(Length));
            Transport.LoseConnection();
        }

        protected override void ConnectionLost(Exception reason) => Ends++;
    }

    private sealed class Hearing : Talk
    {
        internal int? AbortsAfter { get; init; }

        internal int Received { get; private set; }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            Check.That(!Ended.IsFired, "nothing is heard after the end");
            Check.That(KnownBytes.Are(data, Received), "the stream is what was sent");
            Received += data.Length;
            if (Received >= AbortsAfter)
                Transport.AbortConnection();
        }
    }

    /// <summary>Answers with the number of bytes when the other side has finished.</summary>
    private sealed class Counting : Protocol, IHalfCloseableProtocol
    {
        private int _count;

        public void ReadConnectionLost()
        {
            Transport.Write($"{_count}");
            Transport.LoseConnection();
        }

        public void WriteConnectionLost() { }

        protected override void DataReceived(ReadOnlySpan<byte> data) => _count += data.Length;
    }

    private sealed class Closing : Talk, IHalfCloseableProtocol
    {
        internal string Answer { get; private set; } = "";

        public void ReadConnectionLost() => Transport.LoseConnection();

        public void WriteConnectionLost() { }

        protected override void ConnectionMade()
        {
            Transport.Write(KnownBytes.Make(Length));
            Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        }

        protected override void DataReceived(ReadOnlySpan<byte> data) =>
            Answer += System.Text.Encoding.ASCII.GetString(data);
    }

    /// <summary>Says something every second, ten times, and gives up on who does not answer.</summary>
    private sealed class Chatting(IReactorTime clock) : Talk
    {
        private IDelayedCall? _patience;
        private IDelayedCall? _next;
        private int _said;

        protected override void ConnectionMade()
        {
            base.ConnectionMade();
            _patience = clock.CallLater(FromSeconds(20), Transport.AbortConnection);
            Say();
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            if (_patience is { IsActive: true })
                _patience.Reset(FromSeconds(20));
        }

        protected override void ConnectionLost(Exception reason)
        {
            _patience?.Cancel();
            _next?.Cancel();
            base.ConnectionLost(reason);
        }

        private void Say()
        {
            if (_said++ == 10)
            {
                Transport.LoseConnection();
                return;
            }
            Transport.Write("hello"u8);
            _next = clock.CallLater(FromSeconds(1), Say);
        }
    }
}
