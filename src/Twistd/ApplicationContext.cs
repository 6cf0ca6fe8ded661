using Microsoft.Extensions.Logging;
using Twisted.Application.Plugins;

namespace Twisted.Daemon;

/// <summary>The tool as the makers of services see it: its options hold for every server they make.</summary>
/// <param name="settings">How it runs.</param>
/// <param name="reactor">What it runs on.</param>
/// <param name="logging">Where it logs.</param>
internal sealed class ApplicationContext(TwistdSettings settings, IReactor reactor, ILoggerFactory logging)
    : IApplicationContext
{
    private readonly ILogger _log = logging.CreateLogger("twistd");
    private readonly List<ListeningService> _served = [];

    public IReactor Reactor => reactor;

    public ILoggerFactory Logging => logging;

    /// <summary>The servers so far.</summary>
    internal IReadOnlyList<ListeningService> Served => _served;

    public IService Serve(string endpoint, IProtocolFactory factory)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(factory);
        if (!settings.NoDaemon && OptionBinder.IsTerminal(endpoint))
            throw new FormatException($"A daemon has no standard streams for '{endpoint}': stay with -n.");
        IProtocolFactory limited = ConnectionLimit.Around(factory, settings.MaxConnections, reactor, _log);
        IStreamServerEndpoint where = Endpoints.Server(reactor, endpoint);
        if (where is StandardIOEndpoint)
        {
            limited = new LastConnection(limited, () =>
            {
                if (reactor.IsRunning)
                    reactor.Stop();
            });
        }
        var server = new StreamServerService(reactor, where, limited, _log) { DrainTimeout = settings.DrainTimeout };
        var listening = new ListeningService(server, factory, _log);
        _served.Add(listening);
        return listening;
    }
}
