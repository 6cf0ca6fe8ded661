using System.Text;
using Twisted.Protocols;
using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations.Scenarios;

/// <summary>A connection ends once, for both sides, with the right reason, and nothing said before is lost.</summary>
internal static class Endings
{
    private const int Port = 13;
    private const int Length = 5000;
    private const int Lines = 10;

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
        var asking = new Closing(KnownBytes.Make(Length));
        asking.Dial(sim.Host("client"), "server", Port);
        sim.Finish(asking.Ended);
        Check.That(asking.Answer == $"{Length}", "the answer to a closed question comes");
    }

    /// <summary>As <c>nc -N</c>: all questions, the end of them, and then the answers.</summary>
    internal static void HalfCloseOfLines(Simulation sim)
    {
        sim.Uneven();
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Answering()));
        string questions = string.Concat(Enumerable.Repeat("a question\r\n", Lines));
        var asking = new Closing(Encoding.ASCII.GetBytes(questions));
        asking.Dial(sim.Host("client"), "server", Port);
        sim.Finish(asking.Ended);
        Check.That(asking.Answer.Length == Lines * Answering.Length, "the answers to closed questions come");
    }

    internal static void Abort(Simulation sim)
    {
        sim.Uneven();
        bool stays = sim.Choose("stays", 2) == 1;
        var servers = new List<Parting>();
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() =>
        {
            servers.Add(new Parting { Stays = stays });
            return servers[^1];
        }));
        var hearing = new Hearing { AbortsAfter = 1 + (100 * sim.Choose("when", 20)) };
        hearing.Dial(sim.Host("client"), "server", Port);
        sim.Finish(hearing.Ended);
        Check.That(hearing.Reason is ConnectionAbortedException, "who aborts is told so");
        Check.That(servers is [{ Ends: 1 }], "the other side hears of it once");
        Check.That(!stays || servers[0].Reason is ConnectionLostException, "the other side is not told of a clean end");
    }

    internal static void Silence(Simulation sim)
    {
        sim.Uneven().HalfOpens(0.02);
        Converse(sim);
    }

    internal static void Chat(Simulation sim)
    {
        sim.Uneven();
        sim.Host("client").Stalls(0.05, FromSeconds(2));
        Chatting chatting = Converse(sim);
        Check.That(chatting.Reason is ConnectionDoneException, "a connection lasts as long as its ends want");
    }

    private static Chatting Converse(Simulation sim)
    {
        IReactor reactor = sim.Host("server").Reactor;
        var idle = new IdleTimeoutFactory(Factory.For(() => new Protocols.Wire.Echo()), reactor, FromSeconds(30));
        reactor.ListenTcp(Port, idle);
        var chatting = new Chatting(sim.Host("client").Reactor, FromSeconds(1 + sim.Choose("pace", 6)));
        chatting.Dial(sim.Host("client"), "server", Port);
        sim.Finish(chatting.Ended);
        return chatting;
    }

    internal static void Stop(Simulation sim)
    {
        sim.Uneven();
        IReactor reactor = sim.Host("server").Reactor;
        bool stays = sim.Choose("stays", 2) == 1;
        var servers = new List<Parting>();
        reactor.ListenTcp(Port, Factory.For(() =>
        {
            servers.Add(new Parting { Stays = stays });
            return servers[^1];
        }));
        IDelayedCall aborting = reactor.CallLater(FromMilliseconds(20 * sim.Choose("abort", 10)), () =>
        {
            foreach (Parting server in servers)
                server.Transport.AbortConnection();
        });
        reactor.CallLater(FromMilliseconds(20 * sim.Choose("when", 10)), () =>
        {
            reactor.Stop();
            aborting.Cancel();
        });
        Hearing[] hearing = [new(), new(), new()];
        foreach (Hearing one in hearing)
            one.Dial(sim.Host("client"), "server", Port);
        sim.Finish([.. hearing.Select(one => one.Ended)]);
        Check.That(servers.All(server => server.Ends == 1), "a reactor that stops tells every protocol");
    }

    private sealed class Parting : Protocol
    {
        internal bool Stays { get; init; }

        internal int Ends { get; private set; }

        internal Exception? Reason { get; private set; }

        protected override void ConnectionMade()
        {
            Transport.Write(KnownBytes.Make(Length));
            if (!Stays)
                Transport.LoseConnection();
        }

        protected override void ConnectionLost(Exception reason)
        {
            Ends++;
            Reason = reason;
        }
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

    /// <summary>Answers each line with a longer one.</summary>
    private sealed class Answering : SequentialProtocol
    {
        internal const int Length = 200;

        private static readonly string Answer = new('a', Length - 2);

        protected override async Deferred Run()
        {
            while (await ReadLine() is not null)
                SendLine(Answer);
        }
    }

    /// <summary>Sends all it has to say, and then listens.</summary>
    private sealed class Closing(byte[] question) : Talk, IHalfCloseableProtocol
    {
        internal string Answer { get; private set; } = "";

        public void ReadConnectionLost() => Transport.LoseConnection();

        public void WriteConnectionLost() { }

        protected override void ConnectionMade()
        {
            Transport.Write(question);
            Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
        }

        protected override void DataReceived(ReadOnlySpan<byte> data) =>
            Answer += Encoding.ASCII.GetString(data);
    }

    /// <summary>Says something now and then, ten times, and gives up on who does not answer.</summary>
    private sealed class Chatting(IReactorTime clock, TimeSpan pace) : Talk
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
            _next = clock.CallLater(pace, Say);
        }
    }
}
