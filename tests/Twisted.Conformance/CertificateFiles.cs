using System.Security.Cryptography.X509Certificates;
using Twisted.Testing;

namespace Twisted.Conformance;

/// <summary>A folder with an authority's certificates as PEM files; it goes with the test.</summary>
public sealed class CertificateFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-certificates-");

    public TestAuthority Authority { get; } = new();

    public string Folder => _folder.FullName;

    /// <summary>A file with a new key and its certificate.</summary>
    public string Pair(string name, string hostname) => Pair(name, Authority.Issue(hostname));

    /// <summary>A file with a certificate and its key.</summary>
    public string Pair(X509Certificate2 certificate) => Pair($"{certificate.Thumbprint}.pem", certificate);

    /// <summary>The authority's own certificate.</summary>
    public string Trust(string name = "trust/ca.pem") => Write(name, Authority.Certificate.ExportCertificatePem());

    public string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public static string Key(X509Certificate2 certificate) =>
        certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    public void Dispose()
    {
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Pair(string name, X509Certificate2 certificate) =>
        Write(name, Key(certificate) + "\n" + certificate.ExportCertificatePem() + "\n");
}
