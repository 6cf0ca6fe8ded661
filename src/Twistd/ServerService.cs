using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Twisted.Daemon;

/// <summary>One of the tool's servers as a service that tells the log where it listens.</summary>
internal sealed partial class ServerService : MultiService
{
    private readonly StreamServerService _server;
    private readonly IProtocolFactory _served;
    private readonly ILogger _log;

    private ServerService(StreamServerService server, IProtocolFactory served, ILogger log)
    {
        _server = server;
        _served = served;
        _log = log;
        AddService(server).Forget();
    }

    /// <summary>Makes it.</summary>
    /// <param name="server">Which one.</param>
    /// <param name="endpoint">Where it listens: an endpoint string.</param>
    /// <param name="settings">How it runs.</param>
    /// <param name="reactor">What it runs on.</param>
    /// <param name="logging">Where it logs.</param>
    internal static IService Make(ServerCommand server, string endpoint, TwistdSettings settings, IReactor reactor,
        ILoggerFactory logging)
    {
        ILogger log = logging.CreateLogger("twistd");
        IProtocolFactory served = server.Make(reactor);
        IProtocolFactory factory = ConnectionLimit.Around(served, settings.MaxConnections, reactor, log);
        IStreamServerEndpoint where = Endpoints.Server(reactor, endpoint);
        if (where is StandardIOEndpoint)
        {
            factory = new LastConnection(factory, () =>
            {
                if (reactor.IsRunning)
                    reactor.Stop();
            });
        }
        return new ServerService(new StreamServerService(reactor, where, factory, log)
        {
            DrainTimeout = settings.DrainTimeout,
        }, served, log);
    }

    /// <summary>Whether standard output is the connection's: then the log goes to standard error.</summary>
    internal bool TakesOutput => _server.Host is { } host and not IPEndPoint and not UnixDomainSocketEndPoint;

    /// <inheritdoc/>
    public override async Deferred StartService()
    {
        await base.StartService();
        if (_server.Host is { } host)
            Listening(_log, Describe(host), _served.GetType().Name);
    }

    private static string Describe(EndPoint address) => address switch
    {
        IPEndPoint => $"tcp:{address}",
        UnixDomainSocketEndPoint => $"unix:{address}",
        _ => $"{address}",
    };

    /// <summary>For the manager of services.</summary>
    public override string ToString() => _server.Host is { } host
        ? $"Serving {_served.GetType().Name} on {Describe(host)}"
        : $"{_served.GetType().Name}";

    [LoggerMessage(1500, LogLevel.Information, "Listening on {Address} ({Factory})")]
    private static partial void Listening(ILogger log, string address, string factory);
}
