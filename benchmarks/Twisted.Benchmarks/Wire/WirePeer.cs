namespace Twisted.Benchmarks.Wire;

/// <summary>A server that takes part.</summary>
/// <param name="Name">As it is called on the command line and in the table.</param>
/// <param name="Needs">The file or program without which it cannot; tests/peers.txt has its package.</param>
/// <param name="Command">How it is started as an echo; null when it cannot be.</param>
/// <param name="LineCommand">How it is started as a line echo; null when it cannot be.</param>
/// <param name="TlsCommand">How it is started with a long page over TLS; null when it cannot be.</param>
/// <param name="UdpCommand">How it is started as an echo of datagrams; null when it cannot be.</param>
/// <param name="IrcCommand">How it is started as a server of IRC; null when it cannot be.</param>
internal sealed record WirePeer(string Name, string Needs, string[]? Command, string[]? LineCommand = null,
    string[]? TlsCommand = null, string[]? UdpCommand = null, string[]? IrcCommand = null)
{
    /// <summary>Our server as a library's user writes it; the targets are about this one.</summary>
    internal const string Ours = "twisted-net";

    /// <summary>All peers, the reference first.</summary>
    internal static IReadOnlyList<WirePeer> All(BenchFolders folders)
    {
        const string python = "/usr/bin/python3";
        string servers = Path.Combine(folders.Built, "Servers", "release", "Servers");
        string twistd = Path.Combine(folders.Built, "Twistd", "release", "twistd");
        string twistedPy = Peer("twisted_echo.py");
        string pem = TlsFiles.Certificate(folders);
        return
        [
            // Without a class for lines: it returns them as it returns everything.
            new("c-epoll", Native("echo_epoll"), [Native("echo_epoll")], [Native("echo_epoll")],
                UdpCommand: [Native("udp_echo")]),
            // The reference once more: what its ratio is off 1.00, any ratio may be off.
            new("c-epoll-again", Native("echo_epoll"), [Native("echo_epoll")], UdpCommand: [Native("udp_echo")]),
            new(Ours, servers, [servers, "twisted"], [servers, "twisted-line"], [servers, "twisted-tls", pem],
                [servers, "twisted-udp"], [servers, "twisted-irc"]),
            new("twistd", twistd, [twistd, "-n", "echo", "--port", "tcp:0:interface=127.0.0.1:backlog=1024"]),
            new("c-libuv", Native("echo_uv"), [Native("echo_uv")]),
            new("kestrel", servers, [servers, "kestrel"], null, [servers, "kestrel-tls", pem]),
            new("kestrel-inline", servers, [servers, "kestrel-inline"]),
            new("node", "node", ["node", Peer("echo.js")]),
            new("go", Native("echo_go"), [Native("echo_go")]),
            new("asyncio", python, [python, Peer("asyncio_echo.py")]),
            new("uvloop", "/usr/lib/python3/dist-packages/uvloop/__init__.py",
                [python, Peer("asyncio_echo.py"), "uvloop"]),
            new("twisted-py", "/usr/lib/python3/dist-packages/twisted/__init__.py",
                [python, twistedPy], [python, twistedPy, "line"], [python, Peer("twisted_page.py"), pem]),
            new("nginx", "nginx", null, null, [Peer("nginx_tls.sh"), TlsFiles.Folder(folders), pem]),
            new("openssl", "openssl", null, null,
                ["env", "-C", TlsFiles.Folder(folders), "openssl", "s_server", "-accept", "127.0.0.1:0",
                    "-cert", pem, "-key", pem, "-tls1_3", "-WWW"]),
            new("ngircd", "/usr/sbin/ngircd", null, IrcCommand: [Peer("ngircd.sh"), folders.Native]),
            new("sslstream", servers, null, null, [servers, "sslstream", pem]),
        ];

        string Peer(string file) => Path.Combine(folders.Sources, "peers", file);

        string Native(string file) => Path.Combine(folders.Native, file);
    }

    /// <summary>How it is started for a scenario; null when it takes no part in it.</summary>
    internal string[]? CommandFor(WireScenario scenario) => scenario.Load switch
    {
        _ when scenario.Kind == WireKind.Tls => TlsCommand,
        _ when scenario.Kind == WireKind.Irc => IrcCommand,
        "line" => LineCommand,
        "udp" => UdpCommand,
        _ => Command,
    };

    /// <summary>Whether what it needs is here.</summary>
    internal bool IsInstalled => Needs.Contains('/', StringComparison.Ordinal)
        ? File.Exists(Needs)
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, Needs)));
}
