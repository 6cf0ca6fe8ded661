using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Faults;

/// <summary>
/// An echo server that obeys lines on its input: <c>report</c> prints what it holds, <c>limit N</c> sets how many
/// descriptors it may have; the end of the input ends it.
/// </summary>
internal static class EchoHost
{
    internal static int Run(ReactorKind kind, TextReader input, TextWriter output)
    {
        var options = new ReactorOptions
        {
            Kind = kind,
            Logging = NullLoggerFactory.Instance,
            HandleSignals = false,
        };
        return Reactor.Run(reactor =>
        {
            IListeningPort port = reactor.ListenTcp(0, Factory.For(() => new Echo()), "127.0.0.1", backlog: 1024);
            output.WriteLine(port.Host.Port);
            var ended = new Deferred();
            reactor.CallInThread(() =>
            {
                while (input.ReadLine() is { } line)
                    reactor.CallFromThread(() => Obey(line, output));
                reactor.CallFromThread(ended.Callback);
            });
            return ended;
        }, options);
    }

    private static void Obey(string line, TextWriter output)
    {
        if (line.Split(' ') is ["limit", var count])
        {
            PoolThreads.StartAll();
            Limit.SetDescriptors(ulong.Parse(count));
            output.WriteLine("limited");
            return;
        }
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        long resident = Process.GetCurrentProcess().WorkingSet64;
        int descriptors = Directory.GetFiles("/proc/self/fd").Length;
        output.WriteLine($"{Echo.Open} {managed} {resident} {descriptors}");
    }

    private sealed class Echo : Protocol
    {
        internal static int Open { get; private set; }

        protected override void ConnectionMade() => Open++;

        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);

        protected override void ConnectionLost(Exception reason) => Open--;
    }
}
