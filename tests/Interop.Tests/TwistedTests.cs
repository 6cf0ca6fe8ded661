namespace Interop.Tests;

/// <summary>The original as the peer, in both directions.</summary>
public class TwistedTests
{
    [PeerFact(Peers.Twisted)]
    public async Task Its_client_gets_back_what_it_sends_to_our_echo_in_tiny_pieces()
    {
        await using RunningProgram server = await Tool.Listen("echo");
        Assert.Equal("good\n", await Client("bytes", server.Port));
    }

    [PeerFact(Peers.Twisted)]
    public async Task Its_client_gets_its_lines_back_from_our_LineReceiver()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e04_line_echo", "0"));
        Assert.Equal("good\n", await Client("lines", server.Port));
    }

    [PeerFact(Peers.Twisted)]
    public async Task Our_client_talks_to_its_echo()
    {
        await using RunningProgram server = await RunningProgram.Listen(Python.Script("twisted_server.py", "echo"));
        await using RunningProgram client = RunningProgram.Start(Sample("e03_echo_client", $"{server.Port}"));
        Assert.Equal("Connection established\nReceived data: Hello, world\nConnection lost\n",
            await client.Succeeds());
    }

    [PeerFact(Peers.Twisted)]
    public async Task Our_reconnecting_client_talks_to_its_LineReceiver_that_drops_after_each_line()
    {
        await using RunningProgram server = await RunningProgram.Listen(Python.Script("twisted_server.py", "lines"));
        await using RunningProgram client = RunningProgram.Start(Sample("e05_reconnecting_client", $"{server.Port}"));
        for (int connection = 0; connection < 3; connection++)
        {
            Assert.Equal("Connected.", await client.Line(_ => true));
            Assert.Equal("Received: still here", await client.Line(_ => true));
            Assert.Equal("Lost connection.  Reason: Connection was closed cleanly.", await client.Line(_ => true));
        }
    }

    private static async Task<string> Client(string kind, int port)
    {
        await using RunningProgram client =
            Python.Start("twisted_client.py", kind, $"{port}");
        return await client.Succeeds();
    }
}
