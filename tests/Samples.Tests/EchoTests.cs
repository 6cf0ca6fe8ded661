namespace Samples.Tests;

/// <summary>E3 to E5: the echo servers and their clients.</summary>
public class EchoTests
{
    [PeerFact(Peers.Nc)]
    public async Task The_echo_server_prints_what_happens()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e03_echo_server", "0"));
        await using (RunningProgram nc = Netcat.Connect(server.Port))
        {
            await nc.Send("hello there\n");
            Assert.Equal("hello there", await nc.Line("hello"));
        }
        await server.Line("Connection lost");
        server.Terminate();
        Assert.Equal(
            $"Listening on port {server.Port}\n"
                + "Connection established\nReceived data: hello there\nConnection lost\n",
            await server.Succeeds());
    }

    [PeerFact(Peers.Python)]
    public async Task The_echo_client_prints_its_echo_and_leaves()
    {
        await using RunningProgram server = await Server.Start("echo");
        await using RunningProgram client = RunningProgram.Start(Sample("e03_echo_client", $"{server.Port}"));
        Assert.Equal("Connection established\nReceived data: Hello, world\nConnection lost\n",
            await client.Succeeds());
    }

    [PeerFact(Peers.Telnet)]
    public async Task Telnet_is_greeted_and_hears_its_lines()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e04_line_echo", "0"));
        await using RunningProgram telnet = RunningProgram.Start(Peers.Telnet, "127.0.0.1", $"{server.Port}");
        await telnet.Line(line => line == "Hello, I am an echo server.");
        await telnet.Send("one\ntwo\n");
        await telnet.Line(line => line == "one");
        await telnet.Line(line => line == "two");
    }

    [PeerFact(Peers.Python)]
    public async Task The_binary_echo_returns_all_bytes_and_closes_after_a_wrong_line()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e05_binary_echo", "0"));
        await using RunningProgram client = Python.Start("binary_client.py", $"{server.Port}");
        Assert.Equal("good\n", await client.Succeeds());
    }

    [PeerFact(Peers.Python)]
    public async Task The_reconnecting_client_comes_back_each_time_that_the_server_is_restarted()
    {
        RunningProgram server = await Server.Start("echo");
        int port = server.Port;
        await using RunningProgram client = RunningProgram.Start(Sample("e05_reconnecting_client", $"{port}"));
        for (int restart = 0; restart < 2; restart++)
        {
            await using (server)
            {
                await client.Line("Connected.");
                await client.Line("Received: still here");
            }
            await client.Line("Lost connection.  Reason: Connection ");
            await client.Line("Connection failed. Reason: Connection was refused by other side");
            server = await Server.Start("echo", port: port);
        }
        await using (server)
        {
            await client.Line("Received: still here");
            client.Terminate();
            await client.Succeeds();
        }
    }
}
