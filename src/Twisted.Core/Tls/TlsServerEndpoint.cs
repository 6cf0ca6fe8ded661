using System.Net.Security;

namespace Twisted.Internet;

/// <summary>Listens where another endpoint says, and speaks TLS there.</summary>
/// <remarks>Twisted: <c>SSL4ServerEndpoint</c>, over any endpoint.</remarks>
public sealed class TlsServerEndpoint : IStreamServerEndpoint
{
    private readonly IStreamServerEndpoint _inner;
    private readonly TlsSide _side;

    /// <summary>TLS over another endpoint.</summary>
    /// <param name="inner">Where to listen.</param>
    /// <param name="options">The BCL's options: certificate, ALPN, client certificates.</param>
    public TlsServerEndpoint(IStreamServerEndpoint inner, SslServerAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _side = TlsSide.Of(options);
    }

    /// <summary>How long to wait for a silent peer.</summary>
    public TlsLimits Limits { get; init; } = TlsLimits.Default;

    /// <inheritdoc/>
    public Deferred<IListeningPort> Listen(IProtocolFactory factory) =>
        _inner.Listen(new TlsFactory(factory, _side, Limits));
}
