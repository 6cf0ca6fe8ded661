namespace Twisted.Internet;

/// <summary>Connects once, with a new protocol. New code uses an endpoint. Twisted: <c>ClientCreator</c>.</summary>
/// <typeparam name="TProtocol">The protocol's type.</typeparam>
/// <param name="reactor">The reactor.</param>
/// <param name="build">Makes the protocol.</param>
public sealed class ClientCreator<TProtocol>(IReactorTcp reactor, Func<TProtocol> build) where TProtocol : IProtocol
{
    /// <summary>Connects by TCP; cancel it to end the attempt.</summary>
    /// <param name="host">A name or an address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="timeout">How long to try; 30 seconds unless given.</param>
    /// <returns>Fires with the protocol, connected; fails with a <see cref="ConnectException"/>.</returns>
    public Deferred<TProtocol> ConnectTcp(string host, int port, TimeSpan? timeout = null) =>
        new TcpClientEndpoint(reactor, host, port, timeout).Connect(build);
}
