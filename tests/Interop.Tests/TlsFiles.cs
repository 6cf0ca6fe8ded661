namespace Interop.Tests;

/// <summary>Keys and certificates as OpenSSL writes them, in a folder that goes with the test.</summary>
internal sealed class TlsFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-interop-");

    internal string Folder => _folder.FullName;

    /// <summary>Makes NAME.pem: a new key with a certificate for that name, signed by itself.</summary>
    internal async Task<string> Make(string name)
    {
        string path = Path.Combine(Folder, name + ".pem");
        await using RunningProgram openssl = await RunningProgram.Run(Peers.OpenSsl, "req", "-x509", "-nodes", "-days",
            "2", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", $"/CN={name}",
            "-addext", $"subjectAltName=DNS:{name}", "-keyout", path, "-out", path + ".crt");
        await openssl.Succeeds();
        await File.AppendAllTextAsync(path, await File.ReadAllTextAsync(path + ".crt"));
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
