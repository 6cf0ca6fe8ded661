using Twisted.Protocols;
using Twisted.Testing;

namespace Twisted.Simulations.Scenarios;

/// <summary>Long streams arrive whole, and nobody holds more of them than it should.</summary>
internal static class Streams
{
    private const int Port = 20;
    private const int Length = 150_000;
    private const int LongLength = 400_000; // more than the network holds, and the producer's limit, together
    private const int Most = 64 * 1024;

    private static readonly byte[] Bytes = KnownBytes.Make(Length);
    private static readonly byte[] LongBytes = KnownBytes.Make(LongLength);

    internal static void File(Simulation sim)
    {
        Wide(sim).Resets(0.002);
        Deferred? sent = null;
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Sender(transport =>
        {
            sent = new FileSender().BeginFileTransfer(new MemoryStream(Bytes), transport)
                .AddBoth(outcome => transport.LoseConnection());
        })));
        Download(sim);
        Check.That(sent is null or { IsFired: true }, "a transfer has an end");
    }

    internal static void Push(Simulation sim)
    {
        Wide(sim);
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Sender(transport =>
        {
            int piece = 10_000 * (1 + sim.Choose("piece", 5));
            var producer = new Producer(sim.Host("server").Reactor, transport, piece);
            transport.RegisterProducer(producer);
            producer.ResumeProducing();
        })));
        Reader reader = Download(sim, new Reader(sim, LongLength));
        Check.That(reader.Received == LongLength, "all of it arrives");
    }

    internal static void Throttled(Simulation sim)
    {
        Wide(sim);
        var limit = new ThrottlingFactory(Factory.For(() => new Sender(transport =>
        {
            transport.Write(Bytes);
            transport.LoseConnection();
        })), sim.Host("server").Reactor, writeLimit: Length / 10);
        sim.Host("server").Reactor.ListenTcp(Port, limit);
        Reader reader = Download(sim);
        Check.That(reader.Received == Length, "all of it arrives");
    }

    /// <summary>Long pieces are passed on from where they were received.</summary>
    internal static void Echoed(Simulation sim)
    {
        sim.Uneven().Reads(1000, Most).Writes(1000, Most);
        sim.Host("server").Reactor.ListenTcp(Port, Factory.For(() => new Mirror()));
        Reader reader = Download(sim, new Reader(sim, Length) { Upload = Bytes });
        Check.That(reader.Received == Length, "all of it comes back");
    }

    private static SimulatedLink Wide(Simulation sim)
    {
        SimulatedLink link = sim.Uneven().Reads(1000, 20_000).Writes(1000, 20_000);
        return sim.Choose("bandwidth", 2) == 0 ? link : link.Bandwidth(1_000_000);
    }

    private static Reader Download(Simulation sim, Reader? reader = null)
    {
        reader ??= new Reader(sim, Length);
        reader.Dial(sim.Host("client"), "server", Port);
        sim.Finish(reader.Ended);
        Check.That(reader.Reason is not ConnectionDoneException || reader.HasAll,
            "a clean end comes after all bytes");
        return reader;
    }

    private sealed class Sender(Action<ITransport> made) : Protocol
    {
        protected override void ConnectionMade() => made(Transport);
    }

    /// <summary>Writes whenever it may.</summary>
    private sealed class Producer(IReactorTime clock, ITransport transport, int piece) : IPushProducer
    {
        private int _written;
        private bool _pauses = true;
        private bool _ended;

        public void ResumeProducing()
        {
            Check.That(_pauses && !_ended, "a producer is resumed when it was paused");
            _pauses = false;
            Produce();
        }

        public void PauseProducing()
        {
            Check.That(!_pauses && !_ended, "a producer is paused when it produces");
            _pauses = true;
        }

        public void StopProducing() => _ended = true;

        private void Produce()
        {
            if (_pauses || _ended)
                return;
            int count = Math.Min(piece, LongLength - _written);
            transport.Write(LongBytes.AsSpan(_written, count));
            _written += count;
            if (_written < LongLength)
            {
                clock.CallLater(TimeSpan.Zero, Produce);
                return;
            }
            _ended = true;
            transport.UnregisterProducer();
            transport.LoseConnection();
        }
    }

    /// <summary>Sends back what comes, each piece in two writes.</summary>
    private sealed class Mirror : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            int cut = data.Length - Math.Min(data.Length, 10);
            Transport.Write(data[..cut]);
            Transport.Write(data[cut..]);
        }
    }

    /// <summary>Reads, and pauses now and then.</summary>
    private sealed class Reader(Simulation sim, int length) : Talk
    {
        private bool _pauses;

        /// <summary>What it sends first; then it stays until so much has come back.</summary>
        internal byte[] Upload { get; init; } = [];

        internal int Received { get; private set; }

        internal bool HasAll => Received == length;

        protected override void ConnectionMade()
        {
            base.ConnectionMade();
            Transport.Write(Upload);
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            Check.That(!_pauses, "nothing comes while paused");
            Check.That(KnownBytes.Are(data, Received), "the stream is what was sent");
            Check.That(data.Length <= Most, "a read is no longer than the receive buffer");
            Received += data.Length;
            if (HasAll && Upload.Length > 0)
                Transport.LoseConnection();
            if (sim.Choose("pause", 5) == 0)
                return;
            _pauses = true;
            Transport.PauseProducing();
            sim.Host("client").Reactor.CallLater(TimeSpan.FromMilliseconds(20), Resume);
        }

        private void Resume()
        {
            _pauses = false;
            Transport.ResumeProducing();
        }
    }
}
