using System.Net.Security;

namespace Twisted.Internet;

/// <summary>Connects where another endpoint says, and speaks TLS there.</summary>
/// <remarks>
/// The Deferred fires when the connection below is up: the handshake follows. A protocol that wants to hear of its end
/// is an <see cref="IHandshakeListener"/>; one that is not may write at once, nothing is sent before the server has
/// been verified. Twisted: <c>wrapClientTLS</c>.
/// </remarks>
public sealed class TlsClientEndpoint : IStreamClientEndpoint
{
    private readonly IStreamClientEndpoint _inner;
    private readonly TlsSide _side;

    /// <summary>TLS over another endpoint.</summary>
    /// <param name="inner">Where to connect to.</param>
    /// <param name="options">The BCL's options; TargetHost is the name that is verified.</param>
    public TlsClientEndpoint(IStreamClientEndpoint inner, SslClientAuthenticationOptions options)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _side = TlsSide.Of(options);
    }

    /// <summary>TLS over another endpoint, with the trust of this machine.</summary>
    /// <param name="inner">Where to connect to.</param>
    /// <param name="hostname">The name that is sent (SNI) and verified.</param>
    public TlsClientEndpoint(IStreamClientEndpoint inner, string hostname)
        : this(inner, TlsOptions.OptionsForClientTls(hostname)) { }

    /// <summary>How long to wait for a silent peer.</summary>
    public TlsLimits Limits { get; init; } = TlsLimits.Default;

    /// <inheritdoc/>
    public Deferred<IProtocol> Connect(IProtocolFactory factory) =>
        _inner.Connect(new TlsFactory(factory, _side, Limits))
            .AddCallback(protocol => ((TlsSocket)protocol).Inner);
}
