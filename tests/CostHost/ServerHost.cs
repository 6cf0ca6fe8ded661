using System.Net;

namespace Twisted.Costs;

/// <summary>
/// A server that prints where it listens. For each line of input it prints how many bytes its reactor thread has
/// allocated since the last time; the end of the input ends it.
/// </summary>
internal static class ServerHost
{
    private const int Backlog = 1024;

    internal static int RunTcp(Func<IProtocol> build) =>
        Run(reactor => reactor.ListenTcp(0, Factory.For(build), "127.0.0.1", Backlog));

    internal static int RunUdp(Func<DatagramProtocol> build) =>
        Run(reactor => reactor.ListenUdp(0, build(), "127.0.0.1"));

    private static int Run(Func<IReactor, IListeningPort> listen) => Reactor.Run(async reactor =>
    {
        await using IListeningPort port = listen(reactor);
        Console.WriteLine($"Listening on port {port.Host.Port}");
        var ended = new Deferred();
        Action report = new AllocationReport().Print;
        reactor.CallInThread(() =>
        {
            while (Console.ReadLine() is not null)
                reactor.CallFromThread(report);
            reactor.CallFromThread(ended.Callback);
        });
        await ended;
    });

    private sealed class AllocationReport
    {
        private long _before;

        internal void Print()
        {
            Console.WriteLine($"allocated\t{GC.GetAllocatedBytesForCurrentThread() - _before}");
            _before = GC.GetAllocatedBytesForCurrentThread(); // what the printing costs does not count
        }
    }
}

/// <summary>The line echo of the documents.</summary>
internal sealed class LineEcho : LineReceiver
{
    protected override void LineReceived(ReadOnlySpan<byte> line) => SendLine(line);
}

/// <summary>Sends each datagram back.</summary>
internal sealed class DatagramEcho : DatagramProtocol
{
    protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) => Transport.Write(data, from);
}
