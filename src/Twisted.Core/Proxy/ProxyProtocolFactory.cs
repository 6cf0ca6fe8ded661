using System.Net;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>
/// For servers behind a proxy that tells, in a header before the first byte, who connects to it: the PROXY protocol of
/// HAProxy, version 1 and 2. Protocols see the client as Peer, and where it connected to as Host.
/// </summary>
/// <remarks>
/// A protocol is built when the header is complete, with the client as its peer. A connection whose header is missing,
/// late, malformed or not from a trusted source is reset, and the log says why, one line in ten seconds. Without
/// <see cref="ProxyProtocolOptions.TrustedSources"/> all who can connect are believed.
/// <c>Transport.Get&lt;IProxyHeader&gt;()</c> is the rest of the header. Twisted: <c>HAProxyWrappingFactory</c>.
/// </remarks>
public sealed class ProxyProtocolFactory : WrappingFactory
{
    /// <summary>Reads a header before each connection of another factory.</summary>
    /// <param name="inner">What builds the protocols.</param>
    /// <param name="options">Whom to believe, and the limits.</param>
    public ProxyProtocolFactory(IProtocolFactory inner, ProxyProtocolOptions? options = null) : base(inner) =>
        Options = options ?? ProxyProtocolOptions.Default;

    internal ProxyProtocolOptions Options { get; }

    /// <summary>Decides which refusals the log tells.</summary>
    internal LogThrottle Refusals { get; } = new();

    /// <summary>The reader of a header, which resets the connection of a peer that is not trusted at once.</summary>
    /// <param name="peer">Who connects: the proxy.</param>
    public override IProtocol? BuildProtocol(EndPoint peer) => new ProxyHeaderReader(this);

    /// <summary>Not used: the inner factory is asked when the header has told its peer.</summary>
    /// <param name="protocol">The inner factory's.</param>
    protected override IProtocol Wrap(IProtocol protocol) =>
        throw new InvalidOperationException("The protocol behind a PROXY header is built when the header is read.");
}
