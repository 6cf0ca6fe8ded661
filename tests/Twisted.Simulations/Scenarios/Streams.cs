using Twisted.Protocols;
using Twisted.Testing;

namespace Twisted.Simulations.Scenarios;

/// <summary>Long streams arrive whole, and nobody holds more of them than it should.</summary>
internal static class Streams
{
    private const int Port = 20;
    private const int Length = 150_000;
    private const int Most = 64 * 1024;

    private static readonly byte[] Bytes = KnownBytes.Make(Length);

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
            var producer = new Producer(sim.Host("server").Reactor, transport);
            transport.RegisterProducer(producer);
            producer.ResumeProducing();
        })));
        Reader reader = Download(sim);
        Check.That(reader.Received == Length, "all of it arrives");
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

    private static SimulatedLink Wide(Simulation sim)
    {
        SimulatedLink link = sim.Uneven().Reads(1000, 20_000).Writes(1000, 20_000);
        return sim.Choose("bandwidth", 2) == 0 ? link : link.Bandwidth(1_000_000);
    }

    private static Reader Download(Simulation sim)
    {
        var reader = new Reader(sim);
        reader.Dial(sim.Host("client"), "server", Port);
        sim.Finish(reader.Ended);
        Check.That(reader.Reason is not ConnectionDoneException || reader.Received == Length,
            "a clean end comes after all bytes");
        return reader;
    }

    private sealed class Sender(Action<ITransport> made) : Protocol
    {
        protected override void ConnectionMade() => made(Transport);
    }

    /// <summary>Writes whenever it may.</summary>
    private sealed class Producer(IReactorTime clock, ITransport transport) : IPushProducer
    {
        private const int Piece = 10_000;

        private int _written;
        private bool _pauses = true;
        private bool _ended;

        public void ResumeProducing()
        {
            if (!_pauses || _ended)
                return;
            _pauses = false;
            Produce();
        }

        public void PauseProducing() => _pauses = true;

        public void StopProducing() => _ended = true;

        private void Produce()
        {
            if (_pauses || _ended)
                return;
            int count = Math.Min(Piece, Length - _written);
            transport.Write(Bytes.AsSpan(_written, count));
            _written += count;
            if (_written < Length)
            {
                clock.CallLater(TimeSpan.Zero, Produce);
                return;
            }
            _ended = true;
            transport.UnregisterProducer();
            transport.LoseConnection();
        }
    }

    /// <summary>Reads, and pauses now and then.</summary>
    private sealed class Reader(Simulation sim) : Talk
    {
        internal int Received { get; private set; }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            Check.That(KnownBytes.Are(data, Received), "the stream is what was sent");
            Check.That(data.Length <= Most, "a read is no longer than the receive buffer");
            Received += data.Length;
            if (sim.Choose("pause", 5) == 0)
                return;
            Transport.PauseProducing();
            sim.Host("client").Reactor.CallLater(TimeSpan.FromMilliseconds(20), Transport.ResumeProducing);
        }
    }
}
