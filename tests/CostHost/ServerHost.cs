namespace Twisted.Costs;

/// <summary>
/// A server that prints where it listens. For each line of input it prints how many bytes its reactor thread has
/// allocated since the last time; the end of the input ends it.
/// </summary>
internal static class ServerHost
{
    private const int Backlog = 1024;

    internal static int Run(Func<IProtocol> build) => Reactor.Run(async reactor =>
    {
        await using IListeningPort port = await new TcpServerEndpoint(reactor, 0, "127.0.0.1", Backlog).Listen(build);
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
