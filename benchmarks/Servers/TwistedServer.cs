using System.Net;
using Twisted.Words;

namespace Twisted.Benchmarks.Servers;

/// <summary>Our own servers, as a user would write them.</summary>
internal static class TwistedServer
{
    private const int Backlog = 1024;

    internal static int Run(Func<IProtocol> build) => Reactor.Run(async reactor =>
    {
        await using IListeningPort port = await new TcpServerEndpoint(reactor, 0, "127.0.0.1", Backlog).Listen(build);
        Console.WriteLine($"Listening on port {port.Host.Port}");
        await Deferred.Never();
    });

    internal static int RunIrc() => Reactor.Run(async reactor =>
    {
        var irc = new IrcServerFactory(reactor, new IrcServerOptions { FloodBurst = 0 }); // one speaker is the load
        await using IListeningPort port = await new TcpServerEndpoint(reactor, 0, "127.0.0.1", Backlog).Listen(irc);
        Console.WriteLine($"Listening on port {port.Host.Port}");
        await Deferred.Never();
    });

    internal static int RunUdp() => Reactor.Run(async reactor =>
    {
        await using IListeningPort port = reactor.ListenUdp(0, new DatagramEcho(), "127.0.0.1");
        Console.WriteLine($"Listening on port {port.Host.Port}");
        await Deferred.Never();
    });
}

internal sealed class DatagramEcho : DatagramProtocol
{
    protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) => Transport.Write(data, from);
}

internal sealed class PlainEcho : Protocol
{
    // It reads no faster than the peer takes the answers.
    protected override void ConnectionMade() => Transport.RegisterProducer((IPushProducer)Transport);

    protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
}

internal sealed class LineEcho : LineReceiver
{
    protected override void LineReceived(ReadOnlySpan<byte> line) => SendLine(line);
}
