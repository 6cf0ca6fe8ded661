namespace Twisted.Internet;

/// <summary>Connecting with the less usual options. Reactor thread only. Asked for with <c>is</c>.</summary>
public interface IReactorTcpConnect
{
    /// <summary>
    /// Starts to connect; a name with several addresses is tried as RFC 8305 says. Success and failure are told to the
    /// factory, never inside this call.
    /// </summary>
    /// <param name="host">A name, resolved anew for each attempt, or an address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="factory">What builds the protocol and hears of the connection's state.</param>
    /// <param name="options">How to connect.</param>
    IConnector ConnectTcp(string host, int port, IClientFactory factory, TcpConnectOptions options);
}
