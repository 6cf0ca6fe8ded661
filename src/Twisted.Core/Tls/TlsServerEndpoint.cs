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
        : this(inner, TlsSide.Of(options)) { }

    /// <summary>TLS over another endpoint, with options for the name that each client asks for (SNI).</summary>
    /// <param name="inner">Where to listen.</param>
    /// <param name="options">
    /// Chooses them, on the reactor thread while it answers at once; an exception ends the handshake. Keep what it
    /// gives and give it again: a new certificate context for each handshake is half of the handshake's cost.
    /// </param>
    public TlsServerEndpoint(IStreamServerEndpoint inner, ServerOptionsSelectionCallback options)
        : this(inner, TlsSide.Of(options)) { }

    private TlsServerEndpoint(IStreamServerEndpoint inner, TlsSide side)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _side = side;
    }

    /// <summary>How long to wait for a silent peer.</summary>
    public TlsLimits Limits { get; init; } = TlsLimits.Default;

    /// <inheritdoc/>
    public Deferred<IListeningPort> Listen(IProtocolFactory factory) =>
        _inner.Listen(new TlsFactory(factory, _side, Limits));

    /// <summary>The same with another layer below the TLS.</summary>
    internal TlsServerEndpoint Over(Func<IStreamServerEndpoint, IStreamServerEndpoint> layer) =>
        new(layer(_inner), _side) { Limits = Limits };
}
