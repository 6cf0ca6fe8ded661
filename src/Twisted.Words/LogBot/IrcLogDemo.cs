using System.Net;
using Microsoft.Extensions.Logging;
using Twisted.Application;

namespace Twisted.Words;

/// <summary>The log bot with a server of its own, on a free port of this machine, to try it out.</summary>
internal sealed class IrcLogDemo : MultiService
{
    private readonly IReactor _reactor;
    private readonly IrcLogBotOptions _options;
    private readonly string _file;
    private readonly ILogger _log;
    private readonly StreamServerService _server;

    internal IrcLogDemo(IReactor reactor, IrcLogBotOptions options, string file, ILogger log)
    {
        options.Validate();
        _reactor = reactor;
        _options = options;
        _file = file;
        _log = log;
        _server = new StreamServerService(reactor, Endpoints.Server(reactor, "tcp:0:interface=127.0.0.1"),
            new IrcServerFactory(reactor, log: log), log);
        AddService(_server).Forget();
    }

    /// <summary>The server first: the bot has to know its port.</summary>
    public override async Deferred StartService()
    {
        await base.StartService();
        int port = ((IPEndPoint)_server.Host!).Port;
        await AddService(new IrcLogBotService(
            _reactor, new TcpClientEndpoint(_reactor, "127.0.0.1", port), _options, _file, _log));
        LogBotLog.HowToJoin(_log, port, _options.Channels[0], _file);
    }
}
