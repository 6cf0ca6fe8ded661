using System.Net;
using System.Net.Sockets;

namespace Samples.Tests;

/// <summary>T3 to T5: the echo over UNIX sockets and UDP, and a group that answers.</summary>
public sealed class LocalTests : IDisposable
{
    private const string Group = "239.0.0.5";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("samples");

    private string Socket => Path.Combine(_folder.FullName, "a:b=c"); // a name that has to be quoted

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<RunningProgram> ServeUnix()
    {
        RunningProgram server = RunningProgram.Start(Sample("t03_echo_unix_server", Socket));
        Assert.Equal($"Listening on {Socket}", await server.Line(_ => true));
        return server;
    }

    [PeerFact(Peers.Nc)]
    public async Task The_UNIX_socket_is_its_owners_and_echoes_to_netcat_and_the_client()
    {
        await using RunningProgram server = await ServeUnix();
        await using RunningProgram stat = await RunningProgram.Run("stat", "--format=%A", Socket);
        Assert.Equal("srw-------\n", stat.Output);
        await using RunningProgram nc = RunningProgram.Start(Peers.Nc, "-U", Socket);
        await nc.Send("hello there\n");
        Assert.Equal("hello there", await nc.Line(_ => true));
        await using RunningProgram client = RunningProgram.Start(Sample("t03_echo_unix_client", Socket, "one", "two"));
        Assert.Equal("one\ntwo\n", await client.Succeeds());
        server.Terminate();
        await server.Succeeds();
        Assert.Empty(_folder.GetFileSystemInfos());
    }

    [Fact]
    public async Task A_second_server_is_refused_while_the_first_lives_and_replaces_a_dead_one()
    {
        await using RunningProgram first = await ServeUnix();
        await using RunningProgram second = RunningProgram.Start(Sample("t03_echo_unix_server", Socket));
        await second.Succeeds(exitCode: 1);
        Assert.Contains($"process {first.Id} holds its lock file", second.Errors, StringComparison.Ordinal);
        await first.Kill();
        await using RunningProgram third = await ServeUnix();
        await using RunningProgram client = RunningProgram.Start(Sample("t03_echo_unix_client", Socket, "hello"));
        Assert.Equal("hello\n", await client.Succeeds());
    }

    [PeerFact(Peers.Socat)]
    public async Task Socat_gets_its_datagrams_back()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("t04_echo_udp_server", "0"));
        await using RunningProgram socat =
            RunningProgram.Start(Peers.Socat, "-", $"UDP4:127.0.0.1:{server.Port},bind=127.0.0.1");
        await socat.Send("hello there\n");
        Assert.Equal("hello there", await socat.Line(_ => true));
        await server.Line("Received 12 bytes from 127.0.0.1:");
    }

    [Fact]
    public async Task The_UDP_client_asks_again_until_somebody_answers()
    {
        // Bound and connected elsewhere: what comes from others is refused, and nobody takes the port meanwhile.
        using var nobody = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)nobody.LocalEndPoint!).Port;
        nobody.Connect(IPAddress.Loopback, 9);
        await using RunningProgram client = RunningProgram.Start(Sample("t04_echo_udp_client", $"{port}"));
        await client.Line("Nobody listens there, not yet.");
        nobody.Dispose();
        await using RunningProgram server = await RunningProgram.Listen(Sample("t04_echo_udp_server", $"{port}"));
        await client.Succeeds();
        Assert.EndsWith("\nReceived: Hello, world\n", client.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_servers_of_the_group_answer_the_client()
    {
        await using RunningProgram one = await RunningProgram.Listen(Sample("t05_multicast_server", "0"));
        await using RunningProgram two = await RunningProgram.Listen(Sample("t05_multicast_server", $"{one.Port}"));
        await using RunningProgram client = RunningProgram.Start(Sample("t05_multicast_client", $"{one.Port}"));
        string answer = $"Server: Pong from 127.0.0.1:{one.Port}\n";
        Assert.Equal($"{answer}{answer}2 answered.\n", await client.Succeeds());
        await two.Line("Received 12 bytes from 127.0.0.1:");
    }

    [PeerFact(Peers.Socat)]
    public async Task Socat_calls_the_group_on_the_loopback_interface_and_is_answered()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("t05_multicast_server", "0"));
        await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-",
            $"UDP4-DATAGRAM:{Group}:{server.Port},bind=127.0.0.1,ip-multicast-if=127.0.0.1,ip-multicast-ttl=0");
        await socat.Send("anybody?");
        socat.CloseInput();
        await server.Line("Received 8 bytes from 127.0.0.1:");
        await socat.Exit();
        Assert.Equal("Server: Pong", socat.Output);
    }

    [PeerFact(Peers.Python)]
    public async Task What_the_client_sends_may_not_leave_the_machine()
    {
        await using RunningProgram member = await RunningProgram.Listen(Python.Script("group_member.py", Group));
        await using RunningProgram client = RunningProgram.Start(Sample("t05_multicast_client", $"{member.Port}"));
        Assert.Equal("Client: Ping with TTL 0 by interface lo", await member.Line("Ping"));
        Assert.Contains("Member: Pong from 127.0.0.1:", await client.Succeeds(), StringComparison.Ordinal);
    }
}
