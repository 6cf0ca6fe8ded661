using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Twisted.Internet;

/// <summary>The BCL's TLS options, filled in the way most programs need them.</summary>
public static class TlsOptions
{
    /// <summary>A client that verifies its server. Twisted: <c>optionsForClientTLS</c>.</summary>
    /// <param name="hostname">The name that is sent (SNI) and that the certificate must have; or an address.</param>
    /// <param name="trustRoot">Whom to trust; the authorities of this machine unless given.</param>
    /// <param name="clientCertificate">Our certificate with its key, for a server that asks for one.</param>
    /// <param name="acceptableProtocols">For ALPN, the best first: <c>"h2"</c>.</param>
    public static SslClientAuthenticationOptions OptionsForClientTls(string hostname, TrustRoot? trustRoot = null,
        X509Certificate2? clientCertificate = null, params IEnumerable<string> acceptableProtocols)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostname);
        TrustRoot trust = trustRoot ?? TrustRoot.Platform;
        return new SslClientAuthenticationOptions
        {
            TargetHost = hostname,
            CertificateChainPolicy = trust.Policy(),
            RemoteCertificateValidationCallback = trust.Verification,
            ClientCertificates = clientCertificate is null ? null : [clientCertificate],
            LocalCertificateSelectionCallback = clientCertificate is null ? null : (_, _, _, _, _) => clientCertificate,
            ApplicationProtocols = Protocols(acceptableProtocols),
        };
    }

    /// <summary>A client that takes any certificate: for a test, never for a network. Nothing is verified.</summary>
    /// <param name="hostname">The name that is sent (SNI).</param>
    public static SslClientAuthenticationOptions InsecureOptionsForClientTls(string hostname)
    {
        SslClientAuthenticationOptions options = OptionsForClientTls(hostname);
        options.CertificateChainPolicy = null;
#pragma warning disable CA5359 // this is the one way out of verification, and its name says so
        options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        return options;
    }

    /// <summary>A server with one certificate. Twisted: <c>CertificateOptions</c>.</summary>
    /// <param name="certificate">With its private key.</param>
    /// <param name="clientTrustRoot">
    /// Whom to trust as a client: then a client must have a certificate. Null asks for none.
    /// </param>
    /// <param name="chain">The certificates between ours and the authority's. Twisted: <c>extraCertChain</c>.</param>
    /// <param name="acceptableProtocols">For ALPN, the best first: <c>"h2"</c>.</param>
    public static SslServerAuthenticationOptions OptionsForServerTls(X509Certificate2 certificate,
        TrustRoot? clientTrustRoot = null, X509Certificate2Collection? chain = null,
        params IEnumerable<string> acceptableProtocols)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        if (!certificate.HasPrivateKey)
            throw new ArgumentException($"The certificate {certificate.Subject} is without its private key.",
                nameof(certificate));
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
            ClientCertificateRequired = clientTrustRoot is not null,
            CertificateChainPolicy = clientTrustRoot?.Policy(),
            RemoteCertificateValidationCallback = clientTrustRoot?.Verification,
            ApplicationProtocols = Protocols(acceptableProtocols),
        };
    }

    private static List<SslApplicationProtocol>? Protocols(IEnumerable<string> names)
    {
        List<SslApplicationProtocol> protocols = [.. names.Select(name => new SslApplicationProtocol(name))];
        return protocols.Count > 0 ? protocols : null;
    }
}
