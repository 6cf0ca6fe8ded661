using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Twisted.Daemon;

/// <summary>A server that tells the log where it listens.</summary>
internal sealed partial class ListeningService : MultiService
{
    private readonly StreamServerService _server;
    private readonly IProtocolFactory _served;
    private readonly ILogger _log;

    /// <summary>Makes it.</summary>
    /// <param name="server">What listens.</param>
    /// <param name="served">The factory that the log names; the server's own may wrap it.</param>
    /// <param name="log">Where it is told.</param>
    internal ListeningService(StreamServerService server, IProtocolFactory served, ILogger log)
    {
        _server = server;
        _served = served;
        _log = log;
        AddService(server).Forget();
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

    /// <summary>For the manager of services.</summary>
    public override string ToString() => _server.Host is { } host
        ? $"Serving {_served.GetType().Name} on {Describe(host)}"
        : $"{_served.GetType().Name}";

    private static string Describe(EndPoint address) => address switch
    {
        IPEndPoint => $"tcp:{address}",
        UnixDomainSocketEndPoint => $"unix:{address}",
        _ => $"{address}",
    };

    [LoggerMessage(1500, LogLevel.Information, "Listening on {Address} ({Factory})")]
    private static partial void Listening(ILogger log, string address, string factory);
}
