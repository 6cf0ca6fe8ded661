using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>Many connections that come and go in every way: afterwards nothing is left of them.</summary>
[Collection(AloneTests.Name)]
public class ChurnTests : FaultTests
{
    private const int Connections = 2_000;
    private const int AtATime = 100;

    [Fact]
    public void After_a_storm_no_connection_no_timer_no_descriptor_and_no_protocol_is_left()
    {
        var alive = new List<WeakReference>();
        int echoed = 0;
        Run(async reactor =>
        {
            IListeningPort port = reactor.ListenTcp(0, () => Track(alive, new Echo()), "127.0.0.1");
            int number = port.Host.Port;
            await Visit(reactor, number, 2, [], () => { }); // what the process opens once is open now
            alive.Clear();
            int before = OwnProcess.Descriptors();
            int timers = reactor.DelayedCalls.Count;
            for (int done = 0; done < Connections; done += AtATime)
            {
                IEnumerable<int> ids = Enumerable.Range(done, AtATime);
                await Deferred.GatherResults(ids.Select(id => Visit(reactor, number, id, alive, () => echoed++)));
            }
            await Until(reactor, () => ((ReactorBase)reactor).Connections.Count == 0);
            await port.StopListening();
            var engine = (ReactorBase)reactor;
            Assert.Empty(engine.Attempts);
            Assert.Empty(engine.Ports);
            Assert.Equal(timers, reactor.DelayedCalls.Count);
            int after = OwnProcess.Descriptors();
            Assert.True(after <= before, $"{after} descriptors, {before} before");
            // The reactor still runs: it itself must not hold them.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            int left = alive.Count(reference => reference.IsAlive);
            // The last ones may still be in a register or a slot of the stack of this very iteration.
            Assert.True(left <= 4, $"{left} protocols live of {alive.Count}");
        });
        Assert.Equal(2 * Connections, alive.Count);
        Assert.Equal(Connections, echoed);
        Assert.Empty(Reported);
    }

    private static IProtocol Track(List<WeakReference> alive, IProtocol protocol)
    {
        alive.Add(new WeakReference(protocol));
        return protocol;
    }

    /// <summary>One in ten resets, one in ten half closes, the others close.</summary>
    private static Deferred Visit(IReactor reactor, int port, int id, List<WeakReference> alive, Action echoed)
    {
        var visitor = new Visitor(id % 10, echoed);
        Track(alive, visitor);
        reactor.ConnectTcp("127.0.0.1", port, ClientFactory.For(() => visitor));
        return visitor.Gone;
    }

    private sealed class Echo : Protocol, IHalfCloseableProtocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);

        public void ReadConnectionLost() => Transport.LoseConnection();

        public void WriteConnectionLost() { }
    }

    private sealed class Visitor(int way, Action echoed) : Protocol
    {
        internal Deferred Gone { get; } = new();

        protected override void ConnectionMade() => Transport.Write("hello"u8);

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            echoed();
            if (way == 0)
                Transport.AbortConnection();
            else if (way == 1)
                Transport.GetRequired<IHalfCloseable>().LoseWriteConnection();
            else
                Transport.LoseConnection();
        }

        protected override void ConnectionLost(Exception reason) => Gone.Callback();
    }
}
