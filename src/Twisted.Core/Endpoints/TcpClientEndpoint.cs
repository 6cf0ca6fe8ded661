namespace Twisted.Internet;

/// <summary>Connects to a TCP port. Twisted: <c>TCP4ClientEndpoint</c> and <c>TCP6ClientEndpoint</c>.</summary>
/// <param name="reactor">The reactor.</param>
/// <param name="host">A name, resolved anew for each attempt, or an address.</param>
/// <param name="port">1 to 65535.</param>
/// <param name="timeout">How long to try; 30 seconds unless given.</param>
public sealed class TcpClientEndpoint(IReactorTcp reactor, string host, int port, TimeSpan? timeout = null)
    : IStreamClientEndpoint
{
    /// <summary>The local address and port to connect from.</summary>
    public System.Net.IPEndPoint? BindAddress { get; init; }

    /// <inheritdoc/>
    public Deferred<IProtocol> Connect(IProtocolFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return EndpointConnection.Start(factory,
            client => reactor.ConnectTcp(host, port, client, timeout, BindAddress));
    }
}
