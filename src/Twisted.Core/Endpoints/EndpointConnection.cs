using System.Net;

namespace Twisted.Internet;

/// <summary>
/// Stands between a connector and the user's factory: fires the endpoint's Deferred, and, unlike Twisted's, passes
/// failure and loss on to a factory that wants to hear of them.
/// </summary>
internal sealed class EndpointConnection : IClientFactory, IConnectionWatcher
{
    private readonly IProtocolFactory _factory;
    private readonly Deferred<IProtocol> _connected;
    private IConnector? _connector;

    private EndpointConnection(IProtocolFactory factory)
    {
        _factory = factory;
        _connected = new Deferred<IProtocol>(_ => _connector?.StopConnecting());
    }

    /// <summary>Starts to connect.</summary>
    /// <param name="factory">The user's.</param>
    /// <param name="connect">Makes the connector.</param>
    internal static Deferred<IProtocol> Start(IProtocolFactory factory, Func<IClientFactory, IConnector> connect)
    {
        var connection = new EndpointConnection(factory);
        try
        {
            connection._connector = connect(connection);
        }
        catch (Exception failure)
        {
            return Deferred.Fail<IProtocol>(failure);
        }
        return connection._connected;
    }

    public IProtocol? BuildProtocol(EndPoint peer)
    {
        try
        {
            IProtocol? protocol = _factory.BuildProtocol(peer);
            if (protocol is null)
                _connected.Errback(new NoProtocolException());
            return protocol;
        }
        catch (Exception failure)
        {
            _connected.Errback(failure);
            return null;
        }
    }

    public void ConnectionStarted(IProtocol protocol)
    {
        if (!_connected.IsFired)
            _connected.Callback(protocol);
    }

    public void DoStart() => _factory.DoStart();

    public void DoStop() => _factory.DoStop();

    public void StartedConnecting(IConnector connector) => (_factory as IClientFactory)?.StartedConnecting(connector);

    public void ClientConnectionFailed(IConnector connector, Exception reason)
    {
        if (!_connected.IsFired)
            _connected.Errback(reason);
        (_factory as IClientFactory)?.ClientConnectionFailed(connector, reason);
    }

    public void ClientConnectionLost(IConnector connector, Exception reason) =>
        (_factory as IClientFactory)?.ClientConnectionLost(connector, reason);

    public override string ToString() => _factory.ToString() ?? "";
}
