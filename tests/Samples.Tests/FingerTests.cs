namespace Samples.Tests;

/// <summary>Parts 1 to 8 of the finger tutorial.</summary>
public class FingerTests
{
    [Fact]
    public async Task Step_1_waits_until_it_is_interrupted()
    {
        await using RunningProgram program = RunningProgram.Start(Sample("finger01"));
        await program.IsInEventLoop();
        program.Terminate();
        Assert.Equal("", await program.Succeeds());
    }

    [PeerTheory(Peers.Nc)]
    [InlineData("finger02", "moshez\r\n", "")] // silent; the client's end is the end
    [InlineData("finger03", "", "")]
    [InlineData("finger04", "moshez\r\n", "")]
    [InlineData("finger05", "moshez\r\n", "No such user\r\n")]
    [InlineData("finger06", "moshez\r\n", "No such user\r\n")]
    [InlineData("finger07", "moshez\r\n", "Happy and well\r\n")]
    [InlineData("finger07", "nobody\r\n", "No such user\r\n")]
    [InlineData("finger08", "moshez\r\n", "Happy and well\r\n")]
    [InlineData("finger08", "nobody\r\n", "No such user\r\n")]
    [InlineData("finger08", "", "")]
    public async Task A_client_that_closes_its_side_after_the_query_gets_the_answer(
        string step, string query, string answer)
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample($"{step}", "0"));
        Assert.Equal(answer, await Netcat.AskAndHalfClose(server.Port, query));
        server.Terminate();
        await server.Succeeds();
    }

    [PeerTheory(Peers.Nc)]
    [InlineData("finger03", "", "")]
    [InlineData("finger04", "moshez\r\n", "")]
    [InlineData("finger05", "moshez\r\n", "No such user\r\n")]
    [InlineData("finger08", "moshez\r\n", "Happy and well\r\n")]
    public async Task The_server_closes_after_its_answer(string step, string query, string answer)
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample(step, "0"));
        Assert.Equal(answer, await Netcat.Ask(server.Port, query));
    }

    [PeerFact(Peers.Finger, Peers.Ip, Peers.Root)]
    public async Task The_finger_program_itself_reads_step_8()
    {
        await using NetworkNamespace network = await NetworkNamespace.Create();
        await using RunningProgram server = await RunningProgram.Listen(network.Command(Sample("finger08", "79")));
        Assert.Equal(79, server.Port);
        await using RunningProgram finger =
            RunningProgram.Start(network.Command(Peers.Finger, "moshez@127.0.0.1"));
        Assert.Contains("Happy and well", await finger.Succeeds(), StringComparison.Ordinal);
    }
}
