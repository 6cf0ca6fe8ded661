namespace Twisted.Internet;

/// <summary>What a proxy tells of the TLS between it and the client (PP2_TYPE_SSL).</summary>
public sealed record ProxySslInfo
{
    /// <summary>Whether the client speaks TLS with the proxy.</summary>
    public bool IsTls { get; init; }

    /// <summary>Whether the client gave a certificate on this connection.</summary>
    public bool HasCertificate { get; init; }

    /// <summary>Whether the client gave a certificate at least once in this TLS session.</summary>
    public bool HasSessionCertificate { get; init; }

    /// <summary>Whether the proxy has verified the certificate, and it was good.</summary>
    public bool IsVerified { get; init; }

    /// <summary>The TLS version, as in "TLSv1.3"; null when not told.</summary>
    public string? Version { get; init; }

    /// <summary>The common name in the client's certificate; null when not told.</summary>
    public string? CommonName { get; init; }

    /// <summary>The cipher; null when not told.</summary>
    public string? Cipher { get; init; }

    /// <summary>The algorithm that signed the proxy's certificate; null when not told.</summary>
    public string? SignatureAlgorithm { get; init; }

    /// <summary>The algorithm of the key in the proxy's certificate; null when not told.</summary>
    public string? KeyAlgorithm { get; init; }
}
