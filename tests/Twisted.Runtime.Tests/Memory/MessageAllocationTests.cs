using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>In steady state a message costs no memory: not the loop, not the transport, not the framing.</summary>
[Collection(AloneTests.Name)]
public class MessageAllocationTests : FaultTests
{
    private const int WarmUp = 2_000;
    private const int Messages = 10_000;

    [Fact]
    public void An_echoed_message_allocates_nothing() => Measure(
        () => new Echo(), done => new PingPong(done));

    [Fact]
    public void An_echoed_line_allocates_nothing() => Measure(
        () => new LineEcho(), done => new LinePingPong(done));

    [Fact]
    public void Pipelined_lines_allocate_nothing() => Measure(
        () => new LineEcho(), done => new LinePingPong(done) { Depth = 16 });

    private void Measure(Func<IProtocol> server, Func<Deferred<long>, IProtocol> client) => Run(async reactor =>
    {
        var done = new Deferred<long>();
        IListeningPort port = reactor.ListenTcp(0, server, "127.0.0.1");
        reactor.ConnectTcp("127.0.0.1", port.Host.Port, ClientFactory.For(() => client(done)));
        Assert.Equal(0, await done);
    });

    /// <summary>Counts answers and the bytes that this thread allocates between the warm-up and the end.</summary>
    private sealed class Counter(Deferred<long> done)
    {
        private int _answers;
        private long _before;

        internal bool IsOver(ITransport transport)
        {
            _answers++;
            if (_answers == WarmUp)
                _before = GC.GetAllocatedBytesForCurrentThread();
            if (_answers < WarmUp + Messages)
                return false;
            if (_answers == WarmUp + Messages)
            {
                long bytes = GC.GetAllocatedBytesForCurrentThread() - _before;
                transport.LoseConnection();
                done.Callback(bytes);
            }
            return true;
        }
    }

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }

    private sealed class PingPong(Deferred<long> done) : Protocol
    {
        private readonly Counter _counter = new(done);

        protected override void ConnectionMade() => Transport.Write("ping"u8);

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            if (!_counter.IsOver(Transport))
                Transport.Write(data);
        }
    }

    private sealed class LineEcho : LineReceiver
    {
        protected override void LineReceived(ReadOnlySpan<byte> line) => SendLine(line);
    }

    private sealed class LinePingPong(Deferred<long> done) : LineReceiver
    {
        private readonly Counter _counter = new(done);

        internal int Depth { get; init; } = 1;

        protected override void ConnectionMade()
        {
            for (int i = 0; i < Depth; i++)
                SendLine("a line of text that is echoed"u8);
        }

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            if (!_counter.IsOver(Transport))
                SendLine(line);
        }
    }
}
