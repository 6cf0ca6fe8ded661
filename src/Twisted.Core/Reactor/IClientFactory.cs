namespace Twisted.Internet;

/// <summary>A factory that hears of its outgoing connections. Twisted: <c>ClientFactory</c>'s methods.</summary>
public interface IClientFactory : IProtocolFactory
{
    /// <summary>An attempt begins.</summary>
    /// <param name="connector">The connection's connector.</param>
    void StartedConnecting(IConnector connector);

    /// <summary>The connection was never up.</summary>
    /// <param name="connector">Call Connect on it to try again.</param>
    /// <param name="reason">Why.</param>
    void ClientConnectionFailed(IConnector connector, Exception reason);

    /// <summary>The connection was up and is gone; its protocol knows already.</summary>
    /// <param name="connector">Call Connect on it to try again.</param>
    /// <param name="reason">Why.</param>
    void ClientConnectionLost(IConnector connector, Exception reason);
}
