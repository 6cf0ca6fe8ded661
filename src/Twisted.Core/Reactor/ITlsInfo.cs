using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Twisted.Internet;

/// <summary>What was agreed in a TLS handshake.</summary>
public interface ITlsInfo
{
    /// <summary>The peer's certificate, or null when it gave none. Twisted: <c>getPeerCertificate()</c>.</summary>
    X509Certificate2? PeerCertificate { get; }

    /// <summary>The protocol agreed by ALPN, or null. Twisted: <c>negotiatedProtocol</c>.</summary>
    string? NegotiatedProtocol { get; }

    /// <summary>The TLS version.</summary>
    SslProtocols Version { get; }
}
