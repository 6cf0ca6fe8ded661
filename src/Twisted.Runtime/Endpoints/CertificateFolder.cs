using System.Net.Security;
using System.Security.Authentication;
using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>
/// A folder of NAME.pem, each a key with its certificates: the name that a client asks for (SNI) chooses the file. A
/// file that changes is read anew, without a restart.
/// </summary>
/// <remarks>
/// <c>*.example.com.pem</c> is for every name with one more label, <c>DEFAULT.pem</c> for all others and for clients
/// that ask for none. A client's name is looked up among those that the folder has: it never becomes a path. Reactor
/// thread only.
/// </remarks>
internal sealed class CertificateFolder
{
    private const string Default = "DEFAULT";

    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly IReactorTime _clock;
    private readonly ILogger _log;
    private Dictionary<string, Entry> _entries;
    private TimeSpan _looked;

    /// <summary>Reads it all: a file that is wrong now is an error.</summary>
    internal CertificateFolder(string path, IReactorTime clock, ILogger log)
    {
        _path = path;
        _clock = clock;
        _log = log;
        _entries = PemFile.Files(path).ToDictionary(NameOf, file => new Entry(file), StringComparer.OrdinalIgnoreCase);
        if (_entries.Count == 0)
            throw new InvalidDataException($"There is no certificate NAME.pem in {path}.");
        _looked = clock.Now;
    }

    internal ValueTask<SslServerAuthenticationOptions> Choose(
        SslStream stream, SslClientHelloInfo hello, object? state, CancellationToken cancellation) =>
        new(Find(hello.ServerName));

    /// <summary>The options for a client that asks for this name.</summary>
    internal SslServerAuthenticationOptions Find(string name)
    {
        LookAgain();
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (_entries.TryGetValue(name, out Entry? entry)
            || (dot > 0 && _entries.TryGetValue("*" + name[dot..], out entry))
            || _entries.TryGetValue(Default, out entry))
            return entry.Options;
        throw new AuthenticationException($"No certificate in {_path} is for the name that the client asked for.");
    }

    private static string NameOf(FileInfo file) => Path.GetFileNameWithoutExtension(file.Name);

    private void LookAgain()
    {
        if (_clock.Now - _looked < LookInterval)
            return;
        _looked = _clock.Now;
        try
        {
            var entries = new Dictionary<string, Entry>(StringComparer.OrdinalIgnoreCase);
            foreach (FileInfo file in PemFile.Files(_path))
            {
                if (Current(file) is { } entry)
                    entries[NameOf(file)] = entry;
            }
            _entries = entries;
        }
        catch (IOException failure)
        {
            CertificateLog.FolderUnreadable(_log, failure, _path);
        }
    }

    /// <summary>
    /// What is known of a file, or the file read anew; one that cannot be read leaves what was known, maybe nothing.
    /// </summary>
    private Entry? Current(FileInfo file)
    {
        _entries.TryGetValue(NameOf(file), out Entry? known);
        if (known is not null && known.IsOf(file))
            return known;
        try
        {
            return new Entry(file);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            CertificateLog.FileUnreadable(_log, failure, file.FullName);
            return known;
        }
    }

    /// <summary>One file as it was read.</summary>
    private sealed class Entry(FileInfo file)
    {
        private readonly DateTime _written = file.LastWriteTimeUtc;
        private readonly long _length = file.Length;

        internal SslServerAuthenticationOptions Options { get; } = Read(file.FullName);

        internal bool IsOf(FileInfo now) => now.LastWriteTimeUtc == _written && now.Length == _length;

        private static SslServerAuthenticationOptions Read(string path)
        {
            var (certificate, chain) = PemFile.ReadPair(path, path);
            SslServerAuthenticationOptions options = TlsOptions.OptionsForServerTls(certificate, chain: chain);
            options.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
            return options;
        }
    }
}
