using System.Net;

namespace Twisted.Internet;

/// <summary>
/// What a proxy in front of us has said of a connection; ask with <c>transport.Get&lt;IProxyHeader&gt;()</c>.
/// </summary>
public interface IProxyHeader
{
    /// <summary>The version of the protocol: 1 or 2.</summary>
    int Version { get; }

    /// <summary>
    /// Whether the header tells no addresses: the proxy's own connection, such as a health check (LOCAL, UNKNOWN). Peer
    /// and Host of the transport are those of the connection to the proxy then.
    /// </summary>
    bool IsLocal { get; }

    /// <summary>The client; null when the header tells none.</summary>
    EndPoint? Source { get; }

    /// <summary>Where the client connected to; null when the header tells none.</summary>
    EndPoint? Destination { get; }

    /// <summary>Everything else that version 2 tells, in its order.</summary>
    IReadOnlyList<ProxyTlv> Tlvs { get; }

    /// <summary>The protocol that the proxy agreed on with the client by ALPN; null when not told.</summary>
    string? NegotiatedProtocol { get; }

    /// <summary>The host name that the client asked for (SNI); null when not told.</summary>
    string? Authority { get; }

    /// <summary>The proxy's name for this connection; empty when not told.</summary>
    ReadOnlyMemory<byte> UniqueId { get; }

    /// <summary>The TLS that ended at the proxy; null when not told.</summary>
    ProxySslInfo? Ssl { get; }
}
