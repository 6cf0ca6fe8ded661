namespace Samples.Tests;

/// <summary>E9: the tutorials' clients.</summary>
public class ClientTests
{
    [PeerFact(Peers.Python)]
    public async Task What_the_server_sends_goes_to_standard_output()
    {
        await using RunningProgram server = await Server.Start("greet", "Welcome to the server\n");
        await using RunningProgram client = RunningProgram.Start(Sample("e09a_echo_to_stdout", $"{server.Port}"));
        Assert.Equal(
            """
            Started to connect.
            Connected.
            Welcome to the server
            Lost connection.  Reason: Connection was closed cleanly.

            """.ReplaceLineEndings("\n"), await client.Succeeds());
    }

    [PeerFact(Peers.Python)]
    public async Task A_connection_that_fails_is_told()
    {
        await using RunningProgram server = await Server.Start("refuse");
        await using RunningProgram client = RunningProgram.Start(Sample("e09a_echo_to_stdout", $"{server.Port}"));
        Assert.Matches( // once, or for each address that localhost has
            """
            \AStarted to connect\.
            Connection failed\. Reason: Connection was refused by other side: .*111: Connection refused\.
            \z
            """.ReplaceLineEndings("\n").TrimEnd(), await client.Succeeds());
    }

    [PeerTheory(Peers.Python)]
    [InlineData("e09b_welcome_message", "b'Hello server, I am the client!\\r\\n'")]
    [InlineData("e09c_greeter_endpoint", "b'MESSAGE Hello\\nMESSAGE This is sent in a second\\n'")]
    [InlineData("e09d_greeter_await", "b'MESSAGE Hello\\nMESSAGE This is sent in a second\\n'")]
    [InlineData("e09e_greeter_client_creator", "b'MESSAGE Hello\\nMESSAGE This is sent in a second\\n'")]
    public async Task The_server_receives_all_and_then_the_end(string sample, string received)
    {
        await using RunningProgram server = await Server.Start("record");
        await using RunningProgram client = RunningProgram.Start(Sample(sample, $"{server.Port}"));
        Assert.Equal("", await client.Succeeds());
        Assert.Equal($"Listening on port {server.Port}\n{received}\nEOF\n", await server.Succeeds());
    }

    [PeerFact(Peers.Python)]
    public async Task Connecting_again_three_times_starts_the_factory_once()
    {
        await using RunningProgram server = await Server.Start("echo");
        await using RunningProgram client = RunningProgram.Start(Sample("e09f_connect_again", $"{server.Port}"));
        Assert.Equal("Factory started.\nConnection 1.\nConnection 2.\nConnection 3.\nFactory stopped.\n",
            await client.Succeeds());
    }

    [PeerFact(Peers.Python)]
    public async Task The_reconnecting_factory_waits_and_connects_again()
    {
        await using RunningProgram server = await Server.Start("greet", "hi\n");
        await using RunningProgram client = RunningProgram.Start(Sample("e09g_reconnecting", $"{server.Port}"));
        for (int connection = 0; connection < 2; connection++)
        {
            foreach (string line in (string[])["Started to connect.", "Connected.", "Resetting reconnection delay",
                "hi", "Lost connection.  Reason: Connection was closed cleanly."])
                Assert.Equal(line, await client.Line(_ => true));
        }
        client.Terminate();
        await client.Succeeds();
    }
}
