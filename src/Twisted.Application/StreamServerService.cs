using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Application;

/// <summary>
/// A server: listens while it runs. Stopping closes the port at once, lets the connections finish, and aborts those
/// that have not by a deadline. Twisted: <c>StreamServerEndpointService</c>.
/// </summary>
/// <remarks>
/// It listens in <see cref="PrivilegedStartService"/>, before the process gives up its rights, else when it starts. A
/// protocol that is <see cref="IDrainable"/> is asked to finish; others get LoseConnection.
/// </remarks>
public sealed class StreamServerService : Service, IRetirable
{
    private readonly IReactorTime _reactor;
    private readonly IStreamServerEndpoint _endpoint;
    private readonly TrackingFactory _factory;
    private readonly ILogger _log;
    private Deferred<IListeningPort>? _listening;

    /// <summary>A server for an endpoint.</summary>
    /// <param name="reactor">The clock of the deadline.</param>
    /// <param name="endpoint">Where to listen.</param>
    /// <param name="factory">What builds the protocols.</param>
    /// <param name="log">Where aborted connections are told; nowhere unless given.</param>
    public StreamServerService(
        IReactorTime reactor, IStreamServerEndpoint endpoint, IProtocolFactory factory, ILogger? log = null)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(factory);
        _reactor = reactor;
        _endpoint = endpoint;
        _factory = new TrackingFactory(factory);
        _log = log ?? NullLogger.Instance;
    }

    /// <summary>
    /// How long connections may take to finish after the service was told to stop; 30 seconds unless set.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many connections there may be at a time; any number unless set.</summary>
    public ConnectionQuota? Quota
    {
        get => _factory.Quota;
        init => _factory.Quota = value;
    }

    /// <summary>Where it listens; null while it does not.</summary>
    public EndPoint? Host { get; private set; }

    /// <summary>The connections that are open.</summary>
    public int ConnectionCount => _factory.Connections.Count;

    /// <summary>Listens.</summary>
    /// <returns>Fires when it does; fails with <see cref="CannotListenException"/>.</returns>
    public override async Deferred PrivilegedStartService()
    {
        await base.PrivilegedStartService();
        await Listen();
    }

    /// <inheritdoc/>
    public override async Deferred StartService()
    {
        await Listen();
        await base.StartService();
    }

    /// <inheritdoc/>
    public override async Deferred StopService()
    {
        await base.StopService();
        Host = null;
        if (_listening is not { } listening)
            return;
        _listening = null;
        if (!listening.IsFired)
            listening.Cancel();
        IListeningPort port;
        try
        {
            port = await listening;
        }
        catch (Exception)
        {
            return; // it never listened, and whoever started it was told
        }
        await port.StopListening();
        await _factory.Drain(_reactor, DrainTimeout, left => ApplicationLog.NotDrained(_log, left, this, DrainTimeout));
    }

    /// <summary>
    /// Closes the port and lets the connections end by themselves; after <see cref="DrainTimeout"/> it stops like any.
    /// </summary>
    /// <returns>Fires when it has stopped.</returns>
    public async Deferred Retire()
    {
        if (_listening is { IsFired: true } listening)
            await (await listening).StopListening();
        await _factory.WhenEmpty(_reactor, DrainTimeout);
        await StopService();
    }

    private async Deferred Listen()
    {
        if (_listening is not null)
            return;
        _listening = _endpoint.Listen(_factory);
        try
        {
            Host = (await _listening).Host;
        }
        catch (Exception)
        {
            _listening = null;
            throw;
        }
    }
}
