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
    private ConnectionQuota? _quota; // one for the process

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
        IProtocolFactory served = factory;
        IStreamServerEndpoint where = Endpoints.Server(reactor, endpoint);
        if (where is StandardIOEndpoint)
        {
            served = new LastConnection(served, () =>
            {
                if (reactor.IsRunning)
                    reactor.Stop();
            });
        }
        var server = new StreamServerService(reactor, where, served, _log)
        {
            DrainTimeout = settings.DrainTimeout,
            Quota = _quota ??= new ConnectionQuota(settings.MaxConnections, "--max-connections", reactor, _log),
        };
        var listening = new ListeningService(server, factory, _log);
        _served.Add(listening);
        return listening;
    }
}
