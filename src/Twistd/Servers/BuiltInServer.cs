using System.Net;
using Twisted.Application.Plugins;
using Twisted.Channels;
using Twisted.Protocols.Finger;
using Twisted.Protocols.Wire;
using Twisted.Words;

namespace Twisted.Daemon;

/// <summary>
/// A server that the tool brings along. It is what a plugin is, but named here, so that nothing has to be looked for.
/// </summary>
/// <param name="Name">The sub-command.</param>
/// <param name="Description">What it does, in one line.</param>
/// <param name="Maker">Makes it.</param>
internal sealed record BuiltInServer(string Name, string Description, IServiceMaker Maker)
{
    private static MemoryUserDirectory Users { get; } =
        new(new Dictionary<string, string> { ["moshez"] = "Happy and well" });

    internal static IReadOnlyList<BuiltInServer> All { get; } =
    [
        new("echo", "Return every byte (RFC 862).", new PortServer(7007, _ => new EchoFactory())),
        new("discard", "Throw everything away (RFC 863).", new PortServer(7009, _ => new DiscardFactory())),
        new("chargen", "Send characters without end (RFC 864).", new PortServer(7019, _ => new ChargenFactory())),
        new("qotd", "Send a quote and close (RFC 865).", new QotdServer()),
        new("daytime", "Send the time as text and close (RFC 867).",
            new PortServer(7013, reactor => new DaytimeFactory(reactor))),
        new("time", "Send the time as four bytes and close (RFC 868).",
            new PortServer(7037, reactor => new TimeFactory(reactor))),
        new("who", "Send the active users and close (RFC 866).", new PortServer(7011, _ => new WhoFactory())),
        new("finger", "Answer how a user is (RFC 1288).",
            new PortServer(1079, reactor => new FingerFactory(Users, reactor))),
        new("node", "A node of a mesh: messages by number and service (docs/channels.md).", new NodeMaker()),
        new("ircd", "A server of IRC (docs/ircd.md).", new IrcdMaker()),
        new("irclog", "A bot that writes down what is said in channels of IRC (docs/irclog.md).", new IrcLogMaker()),
    ];

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
