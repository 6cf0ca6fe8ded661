using System.Net;

namespace Twisted.Internet;

/// <summary>A factory that hears of the state of its outgoing connections. Twisted: <c>ClientFactory</c>.</summary>
public abstract class ClientFactory : Factory, IClientFactory
{
    void IClientFactory.StartedConnecting(IConnector connector) => StartedConnecting(connector);

    void IClientFactory.ClientConnectionFailed(IConnector connector, Exception reason) =>
        ClientConnectionFailed(connector, reason);

    void IClientFactory.ClientConnectionLost(IConnector connector, Exception reason) =>
        ClientConnectionLost(connector, reason);

    /// <summary>An attempt begins.</summary>
    /// <param name="connector">Its connector.</param>
    protected virtual void StartedConnecting(IConnector connector) { }

    /// <summary>The connection was never up. Call Connect on the connector to try again.</summary>
    /// <param name="connector">Its connector.</param>
    /// <param name="reason">Why; a <see cref="ConnectException"/>.</param>
    protected virtual void ClientConnectionFailed(IConnector connector, Exception reason) { }

    /// <summary>The connection was up and is gone. Call Connect on the connector to try again.</summary>
    /// <param name="connector">Its connector.</param>
    /// <param name="reason">Why.</param>
    protected virtual void ClientConnectionLost(IConnector connector, Exception reason) { }

    /// <inheritdoc cref="Factory.For(Func{IProtocol})"/>
    public static new ClientFactory For(Func<IProtocol> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        return new LambdaFactory(build);
    }

    private sealed class LambdaFactory(Func<IProtocol> build) : ClientFactory
    {
        public override IProtocol? BuildProtocol(EndPoint peer) => build();

        public override string ToString() => "ClientFactory";
    }
}
