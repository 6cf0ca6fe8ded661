using System.Security.Cryptography.X509Certificates;
using Twisted.Testing;

namespace Twisted.Benchmarks.Wire;

/// <summary>What the servers of the TLS scenarios need: a certificate with its key, and a long page.</summary>
internal static class TlsFiles
{
    private const long PageLength = 64 * 1024 * 1024;

    /// <summary>The folder with the page, named bulk.</summary>
    internal static string Folder(BenchFolders folders) => Path.Combine(folders.Native, "tls");

    /// <summary>The file with certificate and key; made when it is missing, as is the page.</summary>
    internal static string Certificate(BenchFolders folders)
    {
        string folder = Directory.CreateDirectory(Folder(folders)).FullName;
        using (FileStream page = File.OpenWrite(Path.Combine(folder, "bulk")))
            page.SetLength(PageLength);
        string file = Path.Combine(folder, "server.pem");
        if (!File.Exists(file))
        {
            using X509Certificate2 certificate = TestAuthority.SelfSigned("localhost");
            File.WriteAllText(file, certificate.ExportCertificatePem() + "\n"
                + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n");
        }
        return file;
    }
}
