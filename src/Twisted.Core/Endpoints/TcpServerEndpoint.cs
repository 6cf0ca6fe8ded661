namespace Twisted.Internet;

/// <summary>Listens on a TCP port. Twisted: <c>TCP4ServerEndpoint</c> and <c>TCP6ServerEndpoint</c>.</summary>
/// <param name="reactor">The reactor.</param>
/// <param name="port">0 to 65535; 0 takes a free one.</param>
/// <param name="address">The local address, IPv4 or IPv6; empty for every IPv4 one.</param>
/// <param name="backlog">Connections that the system may hold for us.</param>
public sealed class TcpServerEndpoint(IReactorTcp reactor, int port, string address = "", int backlog = 128)
    : IStreamServerEndpoint
{
    /// <summary>
    /// Whether other sockets may listen on the same port; see <see cref="TcpListenOptions.ReusePort"/>.
    /// </summary>
    public bool ReusePort { get; init; }

    /// <inheritdoc/>
    public Deferred<IListeningPort> Listen(IProtocolFactory factory) =>
        Deferred.Try(() => Deferred.Succeed(ListenNow(factory)));

    private IListeningPort ListenNow(IProtocolFactory factory)
    {
        if (!ReusePort)
            return reactor.ListenTcp(port, factory, address, backlog);
        if (reactor is not IReactorTcpOptions able)
            throw new NotSupportedException($"{reactor.GetType().Name} cannot share a port (no IReactorTcpOptions).");
        return able.ListenTcp(port, factory,
            new TcpListenOptions { Address = address, Backlog = backlog, ReusePort = true });
    }
}
