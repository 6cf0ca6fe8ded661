using System.Net.Security;
using Twisted.Protocols;

namespace Twisted.Internet;

/// <summary>
/// Puts TLS under the protocols of another factory, over any transport of a reactor: TCP, UNIX, a wrapper, TLS itself.
/// </summary>
/// <remarks>
/// The protocol's ConnectionMade comes first, then the handshake; what it writes before is sent after it. A protocol
/// that is an <see cref="IHandshakeListener"/> hears of its end. <c>Transport.Get&lt;ITlsInfo&gt;()</c> is what was
/// agreed. The certificate of a server is verified, unless the options say otherwise.
/// Twisted: <c>TLSMemoryBIOFactory</c>.
/// </remarks>
public sealed class TlsFactory : WrappingFactory
{
    private readonly TlsSide _side;
    private readonly TlsLimits _limits;

    /// <summary>TLS as its server.</summary>
    /// <param name="inner">What builds the protocols.</param>
    /// <param name="options">The BCL's options: certificate, ALPN, client certificates.</param>
    /// <param name="limits">How long to wait for a silent peer.</param>
    public TlsFactory(IProtocolFactory inner, SslServerAuthenticationOptions options, TlsLimits? limits = null)
        : this(inner, TlsSide.Of(options), limits) { }

    /// <summary>TLS as its client.</summary>
    /// <param name="inner">What builds the protocols.</param>
    /// <param name="options">The BCL's options; TargetHost is the name that is verified.</param>
    /// <param name="limits">How long to wait for a silent peer.</param>
    public TlsFactory(IProtocolFactory inner, SslClientAuthenticationOptions options, TlsLimits? limits = null)
        : this(inner, TlsSide.Of(options), limits) { }

    internal TlsFactory(IProtocolFactory inner, TlsSide side, TlsLimits? limits) : base(inner)
    {
        _side = side;
        _limits = limits ?? TlsLimits.Default;
    }

    /// <inheritdoc/>
    protected override IProtocol Wrap(IProtocol protocol) => new TlsSocket(_side, _limits, protocol);
}
