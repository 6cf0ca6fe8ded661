using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Twisted.Testing;

/// <summary>A certificate authority in memory, for tests of TLS: nothing is written anywhere.</summary>
/// <remarks>
/// Its certificates are valid from 2000 to 2099 unless a test asks for others, so no clock is needed.
/// <code>
/// using var authority = new TestAuthority();
/// var server = TlsOptions.OptionsForServerTls(authority.Issue("localhost"));
/// var client = TlsOptions.OptionsForClientTls("localhost", authority.TrustRoot);
/// </code>
/// </remarks>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Begin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2099, 12, 31, 0, 0, 0, TimeSpan.Zero);

    private readonly List<X509Certificate2> _issued = [];
    private long _serial;

    /// <summary>A new authority.</summary>
    /// <param name="name">Its common name.</param>
    public TestAuthority(string name = "Twisted test authority")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Name(name), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(Begin, End);
    }

    /// <summary>Its own certificate.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Trust in what it signs.</summary>
    public TrustRoot TrustRoot => TrustRoot.Of(Certificate);

    /// <summary>A certificate with its key, for a server or a client.</summary>
    /// <param name="hostname">A name, with a wildcard or not, or an address.</param>
    /// <param name="notBefore">When it begins to be valid; 2000 unless given.</param>
    /// <param name="notAfter">When it ends; 2099 unless given.</param>
    public X509Certificate2 Issue(string hostname, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        byte[] serial = BitConverter.GetBytes(++_serial);
        using X509Certificate2 certificate = Request(hostname, key)
            .Create(Certificate, notBefore ?? Begin, notAfter ?? End, serial);
        X509Certificate2 issued = certificate.CopyWithPrivateKey(key);
        _issued.Add(issued);
        return issued;
    }

    /// <summary>A certificate with its key that only itself vouches for. The caller disposes it.</summary>
    /// <param name="hostname">A name, with a wildcard or not, or an address.</param>
    public static X509Certificate2 SelfSigned(string hostname)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Request(hostname, key).CreateSelfSigned(Begin, End);
    }

    /// <summary>Frees the keys of all certificates that it issued.</summary>
    public void Dispose()
    {
        Certificate.Dispose();
        foreach (X509Certificate2 certificate in _issued)
            certificate.Dispose();
    }

    private static CertificateRequest Request(string hostname, ECDsa key)
    {
        ArgumentException.ThrowIfNullOrEmpty(hostname);
        var request = new CertificateRequest(Name(hostname), key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        if (IPAddress.TryParse(hostname, out IPAddress? address))
            names.AddIpAddress(address);
        else
            names.AddDnsName(hostname);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        return request;
    }

    private static X500DistinguishedName Name(string commonName)
    {
        var name = new X500DistinguishedNameBuilder();
        name.AddCommonName(commonName);
        return name.Build();
    }
}
