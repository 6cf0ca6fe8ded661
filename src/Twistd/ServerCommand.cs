using System.Net;
using Twisted.Protocols.Finger;
using Twisted.Protocols.Wire;

namespace Twisted.Daemon;

/// <summary>A server that the tool can run.</summary>
/// <param name="Name">The sub-command.</param>
/// <param name="Description">What it does, in one line.</param>
/// <param name="DefaultPort">
/// Where it listens unless told otherwise: on this machine only, 7000 above its RFC's port.
/// </param>
/// <param name="Make">Makes its factory.</param>
internal sealed record ServerCommand(
    string Name, string Description, string DefaultPort, Func<IReactor, IProtocolFactory> Make)
{
    private static MemoryUserDirectory Users { get; } =
        new(new Dictionary<string, string> { ["moshez"] = "Happy and well" });

    internal static IReadOnlyList<ServerCommand> All { get; } =
    [
        new("echo", "Return every byte (RFC 862).", Local(7007), _ => new EchoFactory()),
        new("discard", "Throw everything away (RFC 863).", Local(7009), _ => new DiscardFactory()),
        new("chargen", "Send characters without end (RFC 864).", Local(7019), _ => new ChargenFactory()),
        new("qotd", "Send a quote and close (RFC 865).", Local(8007), _ => new QotdFactory()),
        new("daytime", "Send the time as text and close (RFC 867).", Local(7013),
            reactor => new DaytimeFactory(reactor)),
        new("time", "Send the time as four bytes and close (RFC 868).", Local(7037),
            reactor => new TimeFactory(reactor)),
        new("who", "Send the active users and close (RFC 866).", Local(7011), _ => new WhoFactory()),
        new("finger", "Answer how a user is (RFC 1288).", Local(1079), reactor => new FingerFactory(Users, reactor)),
    ];

    private static string Local(int port) => $"tcp:{port}:interface=127.0.0.1";

    // A name for each, because the tool logs which factory listens.

    private sealed class EchoFactory : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new Echo();
    }

    private sealed class DiscardFactory : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new Discard();
    }

    private sealed class ChargenFactory : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new Chargen();
    }

    private sealed class QotdFactory : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) =>
            new Qotd(() => "An apple a day keeps the doctor away");
    }

    private sealed class DaytimeFactory(IReactorTime reactor) : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new Daytime(reactor.TimeProvider);
    }

    private sealed class TimeFactory(IReactorTime reactor) : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new TimeProtocol(reactor.TimeProvider);
    }

    private sealed class WhoFactory : ServerFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer) => new Who(() => [Environment.UserName]);
    }
}
