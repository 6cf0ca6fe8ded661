using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>
/// Listens where another endpoint says, behind a proxy that tells who connects to it; see
/// <see cref="ProxyProtocolFactory"/>.
/// </summary>
/// <remarks>
/// Around a <see cref="TlsServerEndpoint"/> the header comes before TLS, as every proxy sends it. Twisted's
/// <c>proxyEndpoint</c> looks for it inside.
/// </remarks>
/// <param name="inner">Where to listen.</param>
/// <param name="options">Whom to believe, and the limits.</param>
public sealed class ProxyServerEndpoint(IStreamServerEndpoint inner, ProxyProtocolOptions? options = null)
    : IStreamServerEndpoint
{
    /// <inheritdoc/>
    public Deferred<IListeningPort> Listen(IProtocolFactory factory) => inner is TlsServerEndpoint tls
        ? tls.Over(below => new ProxyServerEndpoint(below, options)).Listen(factory)
        : inner.Listen(new ProxyProtocolFactory(factory, options));
}
