namespace Twisted.Internet;

/// <summary>Listens on a TCP port. Twisted: <c>TCP4ServerEndpoint</c> and <c>TCP6ServerEndpoint</c>.</summary>
/// <param name="reactor">The reactor.</param>
/// <param name="port">0 to 65535; 0 takes a free one.</param>
/// <param name="address">The local address, IPv4 or IPv6; empty for every IPv4 one.</param>
/// <param name="backlog">Connections that the system may hold for us.</param>
public sealed class TcpServerEndpoint(IReactorTcp reactor, int port, string address = "", int backlog = 128)
    : IStreamServerEndpoint
{
    /// <inheritdoc/>
    public Deferred<IListeningPort> Listen(IProtocolFactory factory) => Deferred.Try(
        () => Deferred.Succeed(reactor.ListenTcp(port, factory, address, backlog)));
}
