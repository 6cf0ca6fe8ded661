using System.Net;
using System.Net.Sockets;

namespace Interop.Tests.Irc;

/// <summary>A server that others use, with the configuration that a test needs, in a folder of its own.</summary>
internal sealed class IrcServer : IAsyncDisposable
{
    /// <summary>The group ffdhe2048 of RFC 7919: ngircd takes seconds to find one of its own.</summary>
    private const string DiffieHellman = """
        -----BEGIN DH PARAMETERS-----
        MIIBCAKCAQEA//////////+t+FRYortKmq/cViAnPTzx2LnFg84tNpWp4TZBFGQz
        +8yTnc4kmz75fS/jY2MMddj2gbICrsRhetPfHtXV/WVhJDP1H18GbtCFY2VVPe0a
        87VXE15/V8k1mE8McODmi3fipona8+/och3xWKE2rec1MKzKT0g6eXq8CrGCsyT7
        YdEIqUuyyOP7uWrat2DX9GgdT0Kj3jlN9K5W7edjcrsZCwenyO4KbXCeAvzhzffi
        7MA0BM0oNC9hkXL+nOmFg/+OTxIy7vKBg8P+OxtMb61zO7X8vC7CIAXFjvGDfRaD
        ssbzSibBsu/6iGtCOGEoXJf//////////wIBAg==
        -----END DH PARAMETERS-----
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("twisted-irc-");
    private RunningProgram? _program;
    private string _sign = "";
    private string[] _command = [];

    private IrcServer() { }

    /// <summary>Where clients go.</summary>
    internal int Port { get; } = UnusedPort();

    /// <summary>Where they go with TLS.</summary>
    internal int TlsPort { get; } = UnusedPort();

    /// <summary>Starts ngircd.</summary>
    /// <param name="name">The first part of the server's name.</param>
    /// <param name="password">What clients have to say first.</param>
    /// <param name="certificate">A file with a key and its certificate: it then speaks TLS too.</param>
    /// <param name="link">A server to link with, and where it listens if this one calls it.</param>
    /// <param name="isThrottling">Whether it takes about three lines in a second, as it does by itself.</param>
    internal static async Task<IrcServer> Ngircd(
        string name = "irc",
        string? password = null,
        string? certificate = null,
        (string Name, int? Port)? link = null,
        bool isThrottling = false)
    {
        var server = new IrcServer();
        string tls = certificate is null ? "" : $"""
            [SSL]
            CertFile = {certificate}
            KeyFile = {certificate}
            DHFile = {server.Write("dh.pem", DiffieHellman)}
            Ports = {server.TlsPort}
            """;
        string linked = link is not { } other ? "" : $"""
            [Server]
            Name = {other.Name}.test.example
            Host = 127.0.0.1
            MyPassword = link
            PeerPassword = link
            {(other.Port is { } port ? $"Port = {port}" : "")}
            """;
        string file = server.Write("ngircd.conf", $"""
            [Global]
            Name = {name}.test.example
            Info = for a test
            Listen = 127.0.0.1
            Ports = {server.Port}
            MotdPhrase = "hello"
            {(password is null ? "" : $"Password = {password}")}
            [Limits]
            {(isThrottling ? "" : "MaxPenaltyTime = 0")}
            MaxConnectionsIP = 0
            MaxNickLength = 20
            [Options]
            DNS = no
            Ident = no
            PAM = no
            [Operator]
            Name = root
            Password = secret
            {tls}
            {linked}
            """);
        await server.Start("ready.", Peers.Ngircd, "-n", "-f", file);
        return server;
    }

    /// <summary>Starts InspIRCd.</summary>
    internal static async Task<IrcServer> Inspircd()
    {
        var server = new IrcServer();
        string folder = server._folder.FullName;
        string[] modules =
        [
            "cap", "ircv3", "ircv3_servertime", "ircv3_invitenotify", "ircv3_echomessage", "ircv3_chghost", "setname",
            "namesx", "services_account",
        ];
        string file = server.Write("inspircd.conf", $"""
            <path configdir="{folder}" datadir="{folder}" logdir="{folder}" runtimedir="{folder}"
                moduledir="/usr/lib/inspircd/modules">
            <server name="irc.test.example" description="for a test" network="Test" id="1AA">
            <admin name="admin" nick="admin" email="admin@test.example">
            <bind address="127.0.0.1" port="{server.Port}" type="clients">
            <connect allow="*" timeout="30" threshold="1000" commandrate="100000" fakelag="no" localmax="50"
                globalmax="50" resolvehostnames="no" useident="no">
            <log method="file" type="*" level="default" target="{folder}/log">
            {string.Join('\n', modules.Select(module => $"<module name=\"{module}\">"))}
            """);
        string[] asRoot = Environment.IsPrivilegedProcess ? ["--runasroot"] : [];
        await server.Start("is now running", [Peers.Inspircd, "--config", file, "--nofork", "--nopid", .. asRoot]);
        return server;
    }

    /// <summary>The next line that it prints with a text in it.</summary>
    internal Task<string> Says(string text) => _program!.Line(text);

    /// <summary>It is gone from one moment to the next.</summary>
    internal Task Kill() => _program!.Kill();

    /// <summary>It is asked to end, and does.</summary>
    internal async Task End()
    {
        _program!.Terminate();
        await _program.Exit();
    }

    /// <summary>Starts it again, as it was.</summary>
    internal async Task Restart()
    {
        await _program!.DisposeAsync();
        await Start(_sign, _command);
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
            await _program.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task Start(string sign, params string[] command)
    {
        (_sign, _command) = (sign, command);
        _program = RunningProgram.Start(command);
        await _program.Line(sign);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>They cannot say which port they were given, so they are told one that was free a moment ago.</summary>
    private static int UnusedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
