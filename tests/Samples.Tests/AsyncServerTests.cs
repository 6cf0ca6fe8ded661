namespace Samples.Tests;

/// <summary>Asynchronous answers, written top to bottom and in events.</summary>
public class AsyncServerTests
{
    [PeerFact(Peers.Nc)]
    public async Task Pipelined_lines_are_answered_in_order_also_for_a_client_that_has_closed_its_side()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("x_async_server", "0"));
        Assert.Equal("What is your name?\r\nHappy and well\r\nNo such user\r\nHappy and well\r\n",
            await Netcat.AskAndHalfClose(server.Port, "moshez\r\nnobody\r\nmoshez\r\n"));
    }

    [PeerFact(Peers.Nc)]
    public async Task The_event_style_answers_and_closes_and_a_failure_closes_as_well()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("x_async_server", "0"));
        int finger = await server.NextPort();
        Assert.Equal("Happy and well\r\n", await Netcat.Ask(finger, "moshez\r\n"));
        Assert.Equal("", await Netcat.Ask(finger, "nobody\r\n"));
        Assert.Equal("Happy and well\r\n", await Netcat.Ask(finger, "moshez\r\n"));
        server.Terminate();
        await server.Succeeds();
    }
}
