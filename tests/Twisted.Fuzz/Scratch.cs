using System.Security.Cryptography.X509Certificates;
using Twisted.Testing;

namespace Twisted.Fuzzing;

/// <summary>
/// A folder of its own for parsers of files, with one good certificate; it is the current folder while this lives, so
/// that no mutated name leads to a file of somebody else.
/// </summary>
internal sealed class Scratch : IDisposable
{
    private readonly string _before = Environment.CurrentDirectory;
    private readonly string _folder = Directory.CreateTempSubdirectory("twisted-fuzz-").FullName;

    internal Scratch()
    {
        using var authority = new TestAuthority();
        X509Certificate2 certificate = authority.Issue("localhost");
        string pem = certificate.ExportCertificatePem() + "\n"
            + certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem() + "\n";
        Directory.CreateDirectory(Path.Combine(_folder, "folder"));
        foreach (string name in (string[])["server.pem", "folder/DEFAULT.pem", "folder/*.example.com.pem"])
            File.WriteAllText(Path.Combine(_folder, name), pem);
        Environment.CurrentDirectory = _folder;
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _before;
        Directory.Delete(_folder, recursive: true);
    }
}
