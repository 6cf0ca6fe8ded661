using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Twisted.Internet;

/// <summary>Certificates and keys in PEM files. Every complaint names the file.</summary>
internal static class PemFile
{
    /// <summary>A chain with its key takes a few KiB; a larger file is something else.</summary>
    private const int LongestFile = 1024 * 1024;

    private static readonly string[] KeyLabels = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

    /// <summary>A certificate with its key, and the certificates that follow it in its file.</summary>
    /// <param name="certificatePath">The file of the certificate: the first one is ours.</param>
    /// <param name="keyPath">The file of the key; may be the same.</param>
    internal static (X509Certificate2 Certificate, X509Certificate2Collection Chain) ReadPair(
        string certificatePath, string keyPath)
    {
        string text = Read(certificatePath);
        X509Certificate2Collection chain = Certificates(certificatePath, text);
        string key = Key(keyPath, keyPath == certificatePath ? text : Read(keyPath));
        using X509Certificate2 first = chain[0];
        chain.RemoveAt(0);
        try
        {
            return (Usable(X509Certificate2.CreateFromPem(first.ExportCertificatePem(), key)), chain);
        }
        catch (NotSupportedException failure)
        {
            throw new InvalidDataException(
                $"The private key in {keyPath} is of a kind that this system does not have: {failure.Message}",
                failure);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            throw new InvalidDataException(
                $"The private key in {keyPath} is not the one of the certificate in {certificatePath}.", failure);
        }
    }

    /// <summary>All certificates of a file: at least one.</summary>
    internal static X509Certificate2Collection ReadCertificates(string path) => Certificates(path, Read(path));

    /// <summary>The certificates to trust: those of a file, or of all files NAME.pem of a folder.</summary>
    internal static TrustRoot ReadTrust(string path)
    {
        if (!Directory.Exists(path))
            return TrustRoot.Of(ReadCertificates(path));
        FileInfo[] files = Files(path);
        return files.Length > 0
            ? TrustRoot.Of(files.Select(file => file.FullName).Order(StringComparer.Ordinal)
                .SelectMany(ReadCertificates))
            : throw new InvalidDataException($"There is no file *.pem with certificates to trust in {path}.");
    }

    /// <summary>The files NAME.pem of a folder.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    internal static FileInfo[] Files(string path)
    {
        try
        {
            return new DirectoryInfo(path).GetFiles("*.pem");
        }
        catch (UnauthorizedAccessException failure)
        {
            throw new IOException($"The folder of certificates '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Windows' TLS takes no key that was never stored: it goes through a PKCS #12.</summary>
    private static X509Certificate2 Usable(X509Certificate2 certificate)
    {
        if (!OperatingSystem.IsWindows())
            return certificate;
        using (certificate)
            return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }

    private static string Read(string path)
    {
        using FileStream file = Open(path);
        if (file.Length > LongestFile)
            throw new InvalidDataException($"{path} is {file.Length} bytes long: too long for certificates in PEM.");
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }

    /// <summary>The ways in which a name can be wrong, or closed to us, are one to who wrote it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception failure) when (failure is ArgumentException or UnauthorizedAccessException)
        {
            throw new IOException($"The file of certificates '{path}' cannot be read: {failure.Message}", failure);
        }
    }

    private static X509Certificate2Collection Certificates(string path, string text)
    {
        var certificates = new X509Certificate2Collection();
        try
        {
            certificates.ImportFromPem(text);
        }
        catch (CryptographicException failure)
        {
            throw new InvalidDataException($"A certificate in {path} is damaged: {failure.Message}", failure);
        }
        return certificates.Count > 0
            ? certificates
            : throw new InvalidDataException($"There is no certificate (BEGIN CERTIFICATE) in {path}.");
    }

    private static string Key(string path, string text)
    {
        ReadOnlySpan<char> rest = text;
        while (PemEncoding.TryFind(rest, out PemFields fields))
        {
            ReadOnlySpan<char> label = rest[fields.Label];
            if (KeyLabels.Contains(label.ToString()))
                return rest[fields.Location].ToString();
            if (label is "ENCRYPTED PRIVATE KEY")
                throw new InvalidDataException($"The private key in {path} is encrypted: store it without a passphrase "
                    + "(openssl pkey), in a file that only the server may read.");
            rest = rest[fields.Location.End..];
        }
        throw new InvalidDataException($"There is no private key (BEGIN PRIVATE KEY) in {path}.");
    }
}
