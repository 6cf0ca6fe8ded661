using System.Text;
using Twisted.Testing;

namespace Twisted.Costs;

/// <summary>The operations, without sockets.</summary>
internal static class Operations
{
    private const int Times = 50;
    private const int FewTimes = 10; // of what allocates: less than 8 KiB in all, see OperationsHost
    private const int OtherTimers = 1000;
    private const int Lines = 1000;
    private const int Netstrings = 200;
    private const int ChunkSize = 1024;
    private const int MessageSize = 64;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly Func<int, int> Increment = static value => value + 1;
    private static readonly Action Nothing = static () => { };
    private static readonly Deferred Done = Deferred.Succeed();

    internal static IEnumerable<Operation> All(IReactor reactor) =>
    [
        .. Timers(reactor),
        CallsFromThread(reactor),
        .. Deferreds(),
        Framing($"LineReceiver, {MessageSize} B lines in {ChunkSize} B chunks", new LineSink(), Lines,
            new string('x', MessageSize - 2) + "\r\n"),
        Framing($"NetstringReceiver, {MessageSize} B strings in {ChunkSize} B chunks", new NetstringSink(), Netstrings,
            $"{MessageSize}:{new string('x', MessageSize)},"),
    ];

    private static IEnumerable<Operation> Timers(IReactor reactor)
    {
        for (int i = 0; i < OtherTimers; i++)
            reactor.CallLater(TimeSpan.FromHours(1 + i), Nothing);
        yield return Operation.AtOnce($"timer schedule and cancel, {OtherTimers} others", Times,
            () => reactor.CallLater(Soon, Nothing).Cancel());
        IDelayedCall timer = reactor.CallLater(Soon, Nothing);
        yield return Operation.AtOnce($"timer reset, {OtherTimers} others", Times, () => timer.Reset(Soon));
        yield return new Operation($"timer schedule and fire, {OtherTimers} others", Times, done =>
        {
            for (int i = 1; i < Times; i++)
                reactor.CallLater(TimeSpan.Zero, Nothing);
            reactor.CallLater(TimeSpan.Zero, done); // the last, as equal times keep their order
        });
    }

    private static Operation CallsFromThread(IReactor reactor) => new("CallFromThread on its own thread", Times, done =>
    {
        for (int i = 1; i < Times; i++)
            reactor.CallFromThread(Nothing);
        reactor.CallFromThread(done);
    });

    private static IEnumerable<Operation> Deferreds()
    {
        foreach (int links in (int[])[1, 3, 10])
            yield return Operation.AtOnce($"Deferred, chain of {links}", FewTimes, () => Chain(links));
        yield return Operation.AtOnce("await of a done Deferred", FewTimes, static () => _ = Await(Done));
        yield return Operation.AtOnce("await of a pending Deferred", FewTimes, static () =>
        {
            var pending = new Deferred();
            _ = Await(pending);
            pending.Callback();
        });
    }

    private static void Chain(int links)
    {
        var first = new Deferred<int>();
        for (int i = 0; i < links; i++)
            first.AddCallback(Increment);
        first.Callback(0);
    }

    private static async Deferred Await(Deferred awaited) => await awaited;

    private static Operation Framing(string name, IProtocol receiver, int count, string message)
    {
        StringTransport.Connect(receiver);
        byte[][] chunks =
            [.. Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(message, count))).Chunk(ChunkSize)];
        return new Operation(name, count, done =>
        {
            foreach (byte[] chunk in chunks)
                receiver.DataReceived(chunk);
            done();
        });
    }

    private sealed class LineSink : LineReceiver
    {
        protected override void LineReceived(ReadOnlySpan<byte> line) { }
    }

    private sealed class NetstringSink : NetstringReceiver
    {
        protected override void StringReceived(ReadOnlySpan<byte> data) { }
    }
}
