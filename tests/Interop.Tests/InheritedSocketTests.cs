namespace Interop.Tests;

/// <summary>Servers whose sockets were opened by who started them.</summary>
public sealed class InheritedSocketTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("inherited-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PeerTheory(Peers.Python, Peers.Socat)]
    [InlineData("fd:3", "default")]
    [InlineData("fd:3", "portable")]
    [InlineData("systemd:INET:0", "default")]
    [InlineData("systemd:INET:name=web", "portable")]
    public async Task A_parent_gives_its_listening_socket(string endpoint, string reactor)
    {
        await Tool.Built;
        await using RunningProgram server = await RunningProgram.Listen(
            Python.Script("inherit.py", ["127.0.0.1", .. Twistd("-n", "-r", reactor, "echo", "-p", endpoint)]));
        await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-", $"TCP:127.0.0.1:{server.Port}");
        await Tool.AssertEchoes(socat);
    }

    [PeerTheory(Peers.Python)]
    [InlineData("systemd:INET:0", "The descriptor 3 is of InterNetworkV6")]
    [InlineData("systemd:INET6:1", "systemd gave 1 sockets: there is no index 1")]
    [InlineData("systemd:INET6:name=mail", "systemd gave no socket 'mail'; there are web")]
    [InlineData("fd:2", "the descriptor 2: it is no listening stream socket")]
    [InlineData("fd:40", "the descriptor 40: it is no listening stream socket")]
    public async Task What_is_not_the_socket_that_was_meant_is_told_in_one_line(string endpoint, string message)
    {
        await Tool.Built;
        await using RunningProgram server = RunningProgram.Start(
            Python.Script("inherit.py", ["::1", .. Twistd("-n", "echo", "-p", endpoint)]));
        await server.Succeeds(exitCode: 1);
        Assert.Contains(message, server.Errors, StringComparison.Ordinal);
        Assert.Matches(@"\Atwistd: [^\n]+\n\z", server.Errors);
    }

    [PeerTheory(Peers.SocketActivate, Peers.Socat)]
    [InlineData("systemd:UNIX:1")]
    [InlineData("systemd:domain=UNIX:name=admin")]
    public async Task Systemd_opens_sockets_and_starts_the_server_at_the_first_client(string endpoint)
    {
        await Tool.Built;
        string web = Path.Combine(_folder.FullName, "web");
        string admin = Path.Combine(_folder.FullName, "admin");
        await using RunningProgram server = RunningProgram.Start("bash", "-c", "exec \"$@\" 2>&1", "bash",
            Peers.SocketActivate, "-l", web, "-l", admin, "--fdname=web:admin",
            PathOf("twistd"), "-n", "echo", "-p", endpoint);
        await server.Line($"Listening on {admin} as 4");
        await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-", $"UNIX-CONNECT:{admin}");
        await Tool.AssertEchoes(socat);
        await server.Line($"Listening on unix:{admin}");
        server.Terminate();
        await server.Succeeds();
        Assert.True(File.Exists(admin)); // it is systemd's
    }
}
