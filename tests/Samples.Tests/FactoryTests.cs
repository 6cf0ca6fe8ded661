namespace Samples.Tests;

/// <summary>E11 to E14: what factories keep.</summary>
public class FactoryTests
{
    [PeerTheory(Peers.Nc)]
    [InlineData(new string[0], "An apple a day keeps the doctor away\r\n")]
    [InlineData(new[] { "Brevity is the soul of wit" }, "Brevity is the soul of wit\r\n")]
    public async Task A_quote_is_sent_whole(string[] arguments, string quote)
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e11_qotd", ["0", .. arguments]));
        Assert.Equal(quote, await Netcat.Ask(server.Port, ""));
    }

    [PeerFact(Peers.Python)]
    public async Task Who_is_too_much_is_told_so_until_another_leaves()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e12_limited_echo", "0", "3"));
        await using RunningProgram clients = Python.Start("limit_client.py", $"{server.Port}");
        Assert.Equal("good\n", await clients.Succeeds());
    }

    [PeerFact(Peers.Telnet)]
    public async Task One_question_has_an_answer()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e13_answer", "0"));
        await using RunningProgram telnet = RunningProgram.Start(Peers.Telnet, "127.0.0.1", $"{server.Port}");
        await telnet.Line("Connected");
        await telnet.Send("How are you?\nWhat is your name?\nHow are you?\n");
        await telnet.Line(line => line == "Fine");
        await telnet.Line(line => line == "I don't know what you mean");
        await telnet.Line(line => line == "Fine");
    }

    [PeerFact(Peers.Nc)]
    public async Task The_log_is_opened_once_for_two_ports_and_closed_at_the_end()
    {
        string file = Path.GetTempFileName();
        try
        {
            await using RunningProgram server =
                await RunningProgram.Listen(Sample("e14_logfile", file, "0", "0"));
            int second = await server.NextPort();
            Assert.Equal("", await Netcat.AskAndHalfClose(server.Port, "one\r\ntwo\r\n"));
            Assert.Equal("", await Netcat.AskAndHalfClose(second, "three\r\n"));
            Assert.Equal("one\ntwo\nthree\n", await File.ReadAllTextAsync(file));
            server.Terminate();
            Assert.Equal(
                $"File opened.\nListening on port {server.Port}\nListening on port {second}\nFile closed.\n",
                await server.Succeeds());
        }
        finally
        {
            File.Delete(file);
        }
    }
}
