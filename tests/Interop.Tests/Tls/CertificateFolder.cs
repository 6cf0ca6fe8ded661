using System.Security.Cryptography.X509Certificates;
using Twisted.Testing;

namespace Interop.Tests.Tls;

/// <summary>An authority and what it has signed, as the PEM files that other programs read.</summary>
internal sealed class CertificateFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-tls-");

    internal CertificateFolder() => File.WriteAllText(AuthorityFile, Authority.Certificate.ExportCertificatePem());

    internal TestAuthority Authority { get; } = new();

    internal string AuthorityFile => Path.Combine(_folder.FullName, "authority.pem");

    /// <summary>Certificate and key in one file.</summary>
    internal string Write(X509Certificate2 certificate)
    {
        string file = Path.Combine(_folder.FullName, $"{certificate.Thumbprint}.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem() + "\n"
            + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        return file;
    }

    public void Dispose()
    {
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
