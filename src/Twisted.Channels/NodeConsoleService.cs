using Microsoft.Extensions.Logging;
using Twisted.Application;

namespace Twisted.Channels;

/// <summary>A node's console on standard input and output, while the node runs.</summary>
internal sealed class NodeConsoleService(
    IChannelBus node, IReactorStandardIO reactor, IReadOnlyList<string> services, ILogger log) : Service
{
    private NodeConsole? _console;

    public override Deferred StartService()
    {
        _console = new NodeConsole(node, services, log);
        reactor.OpenStandardIO(_console);
        return base.StartService();
    }

    public override async Deferred StopService()
    {
        await base.StopService();
        if (_console is not { } console)
            return;
        _console = null;
        if (!console.IsConnected)
            return;
        console.Transport.LoseConnection();
        await console.Ended;
    }
}
