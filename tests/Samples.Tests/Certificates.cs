using System.Text.RegularExpressions;

namespace Samples.Tests;

/// <summary>A key and a certificate in files, made by the command that t02_echo_tls_server.cs tells.</summary>
internal sealed partial class Certificates : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("certificates");

    private Certificates() { }

    internal string Certificate => Path.Combine(_folder.FullName, "cert.pem");

    internal string Key => Path.Combine(_folder.FullName, "key.pem");

    internal static async Task<Certificates> Make()
    {
        var made = new Certificates();
        try
        {
            string text = await File.ReadAllTextAsync(PathOf("samples/t02_echo_tls_server.cs"));
            string told = Command().Match(text).Groups[1].Value;
            string[] shell = ["sh", "-c", told.Replace("\\\n//", " ", StringComparison.Ordinal)];
            await using RunningProgram openssl = RunningProgram.Start(made._folder.FullName, shell);
            await openssl.Succeeds();
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    [GeneratedRegex(@"//   (openssl req (?:.*\\\n)*.*)\n")]
    private static partial Regex Command();
}
