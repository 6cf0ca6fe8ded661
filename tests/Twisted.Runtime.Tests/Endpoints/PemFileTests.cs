using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Conformance;
using Twisted.Testing;

namespace Twisted.Tests;

public sealed class PemFileTests : IDisposable
{
    private readonly CertificateFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_key_and_its_certificate_may_share_a_file()
    {
        string path = _files.Pair("both.pem", "a.example");
        var (certificate, chain) = PemFile.ReadPair(path, path);
        Assert.Equal("CN=a.example", certificate.Subject);
        Assert.True(certificate.HasPrivateKey);
        Assert.Empty(chain);
    }

    [Fact]
    public void A_key_may_have_a_file_of_its_own_and_a_chain_follows_the_certificate()
    {
        X509Certificate2 ours = _files.Authority.Issue("a.example");
        string key = _files.Write("key.pem", CertificateFiles.Key(ours));
        string certificates = _files.Write("certificate.pem",
            ours.ExportCertificatePem() + "\n" + _files.Authority.Certificate.ExportCertificatePem());
        var (certificate, chain) = PemFile.ReadPair(certificates, key);
        Assert.Equal(ours.Thumbprint, certificate.Thumbprint);
        Assert.Equal(_files.Authority.Certificate.Thumbprint, Assert.Single(chain).Thumbprint);
    }

    [Fact]
    public void A_key_on_a_curve_that_nobody_knows_is_refused()
    {
        X509Certificate2 ours = _files.Authority.Issue("a.example");
        byte[] key = ours.GetECDsaPrivateKey()!.ExportPkcs8PrivateKey();
        ReadOnlySpan<byte> known = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07]; // 1.2.840.10045.3.1.7
        key[key.AsSpan().IndexOf(known) + known.Length - 1] = 0x6f;
        string path = _files.Write("curve.pem", ours.ExportCertificatePem() + "\n"
            + PemEncoding.WriteString("PRIVATE KEY", key));
        var failure = Assert.Throws<InvalidDataException>(() => PemFile.ReadPair(path, path));
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_in_the_old_form_of_OpenSSL_is_read()
    {
        X509Certificate2 ours = _files.Authority.Issue("a.example");
        string path = _files.Write("old.pem",
            ours.GetECDsaPrivateKey()!.ExportECPrivateKeyPem() + "\n" + ours.ExportCertificatePem());
        Assert.True(PemFile.ReadPair(path, path).Certificate.HasPrivateKey);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        string path = Path.Combine(_files.Folder, "none.pem");
        var failure = Assert.Throws<FileNotFoundException>(() => PemFile.ReadPair(path, path));
        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "There is no certificate (BEGIN CERTIFICATE) in ")]
    [InlineData("no pem at all", "There is no certificate (BEGIN CERTIFICATE) in ")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "A certificate in ")]
    public void A_file_without_a_certificate_is_named(string text, string message) =>
        Complains(() => PemFile.ReadCertificates(_files.Write("bad.pem", text)), message, "bad.pem");

    [Fact]
    public void A_missing_key_is_told()
    {
        string path = _files.Trust();
        Complains(() => PemFile.ReadPair(path, path), "There is no private key (BEGIN PRIVATE KEY) in ", "ca.pem");
    }

    [Fact]
    public void An_encrypted_key_is_told()
    {
        X509Certificate2 ours = _files.Authority.Issue("a.example");
        string path = _files.Write("secret.pem", ours.ExportCertificatePem() + "\n"
            + ours.GetECDsaPrivateKey()!.ExportEncryptedPkcs8PrivateKeyPem("password",
                new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)));
        Complains(() => PemFile.ReadPair(path, path), "is encrypted", "secret.pem");
    }

    [Fact]
    public void The_key_of_another_certificate_is_told()
    {
        string one = _files.Pair("one.pem", "a.example");
        string two = _files.Pair("two.pem", "a.example");
        Complains(() => PemFile.ReadPair(one, two), "is not the one of the certificate in", "two.pem");
    }

    [Fact]
    public void A_file_that_is_too_long_is_not_read() =>
        Complains(() => PemFile.ReadCertificates(_files.Write("long.pem", new string('x', 1024 * 1024 + 1))),
            "too long", "long.pem");

    [Fact]
    public void A_file_of_a_folder_of_trust_that_cannot_be_read_is_told()
    {
        _files.Pair("good.pem", "a.example");
        _files.Write("wrong.pem", "no certificate");
        Complains(() => PemFile.ReadTrust(_files.Folder), "no certificate", "wrong.pem");
    }

    [Fact]
    public void A_folder_without_certificates_is_no_trust() =>
        Complains(() => PemFile.ReadTrust(_files.Folder), "no file *.pem", Path.GetFileName(_files.Folder));

    [Fact]
    public void A_folder_that_may_not_be_read_is_named()
    {
        if (OperatingSystem.IsWindows())
            return;
        _files.Pair("good.pem", "a.example");
        File.SetUnixFileMode(_files.Folder, UnixFileMode.UserExecute);
        try
        {
            using (new OtherUser())
            {
                foreach (Action read in (Action[])[
                    () => PemFile.ReadTrust(_files.Folder),
                    () => _ = new CertificateFolder(_files.Folder, new VirtualClock(), NullLogger.Instance)])
                {
                    var failure = Assert.Throws<IOException>(read);
                    Assert.Contains(_files.Folder, failure.Message, StringComparison.Ordinal);
                }
            }
        }
        finally
        {
            File.SetUnixFileMode(_files.Folder,
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static void Complains(Action read, string what, string file)
    {
        var failure = Assert.Throws<InvalidDataException>(read);
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
        Assert.Contains(file, failure.Message, StringComparison.Ordinal);
    }
}
