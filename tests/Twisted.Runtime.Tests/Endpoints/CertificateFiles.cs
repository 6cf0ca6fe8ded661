using System.Security.Cryptography.X509Certificates;
using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>A folder with certificates of a test authority; it goes with the test.</summary>
internal sealed class CertificateFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-endpoints-");

    internal TestAuthority Authority { get; } = new();

    internal string Folder => _folder.FullName;

    /// <summary>A file with a key and its certificate.</summary>
    internal string Pair(string name, string hostname)
    {
        X509Certificate2 certificate = Authority.Issue(hostname);
        return Write(name, Key(certificate) + "\n" + certificate.ExportCertificatePem() + "\n");
    }

    internal string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The authority's own certificate.</summary>
    internal string Trust(string name = "trust/ca.pem") => Write(name, Authority.Certificate.ExportCertificatePem());

    internal static string Key(X509Certificate2 certificate) =>
        certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem();

    public void Dispose()
    {
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
