namespace Samples.Tests;

/// <summary>E6 and E7: the reactor by itself, and with one connection.</summary>
public class ReactorTests
{
    [Fact]
    public async Task The_time_is_printed_four_times()
    {
        await using RunningProgram program = RunningProgram.Start(Sample("e06_using_reactor"));
        Assert.Matches(
            """
            \ARunning the reactor \.\.\.
            (Current time is \d\d:\d\d:\d\d
            ){4}Stopping reactor
            Reactor stopped\.
            \z
            """.ReplaceLineEndings("\n").TrimEnd(), await program.Succeeds());
    }

    [PeerFact(Peers.Python)]
    public async Task A_connection_is_made_and_closed_cleanly()
    {
        await using RunningProgram server = await Server.Start("record");
        await using RunningProgram client = RunningProgram.Start(
            Sample("e07_using_tcp", "127.0.0.1", $"{server.Port}"));
        Assert.Equal("Connected to 127.0.0.1.\nLost connection: Connection was closed cleanly.\n",
            await client.Succeeds());
        Assert.EndsWith("b''\nEOF\n", await server.Succeeds(), StringComparison.Ordinal);
    }

    [PeerFact(Peers.Python)]
    public async Task A_refused_connection_ends_the_program_too()
    {
        await using RunningProgram server = await Server.Start("refuse");
        await using RunningProgram client = RunningProgram.Start(
            Sample("e07_using_tcp", "127.0.0.1", $"{server.Port}"));
        Assert.Equal("Connection failed: Connection was refused by other side: 111: Connection refused.\n",
            await client.Succeeds());
    }
}
