namespace Twisted.Internet;

/// <summary>
/// Connects to a host by name, over whichever of its addresses answers first: "happy eyeballs", RFC 8305.
/// </summary>
/// <remarks>
/// IPv6 and IPv4 addresses take turns, IPv6 first; the next one is tried beside the silent ones every 250 ms, and at
/// once when one fails. The first connection wins, the other attempts end. When none succeeds the failure lists them
/// all, see <see cref="AllAddressesFailedException"/>; a single one stays itself, and a name without addresses is a
/// <see cref="DnsLookupException"/>. Twisted: <c>HostnameEndpoint</c>.
/// </remarks>
/// <param name="reactor">The reactor. One without <see cref="IReactorTcpConnect"/> connects in its own way.</param>
/// <param name="host">A name, resolved anew for each attempt, or an address.</param>
/// <param name="port">1 to 65535.</param>
public sealed class HostnameEndpoint(IReactorTcp reactor, string host, int port) : IStreamClientEndpoint
{
    /// <summary>The limits in time, and the local address.</summary>
    public TcpConnectOptions Options { get; init; } = new();

    /// <inheritdoc/>
    public Deferred<IProtocol> Connect(IProtocolFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return EndpointConnection.Start(factory, client => reactor is IReactorTcpConnect able
            ? able.ConnectTcp(host, port, client, Options)
            : reactor.ConnectTcp(host, port, client, Options.Timeout, Options.BindAddress));
    }
}
