namespace Samples.Tests;

/// <summary>E1: the install check, against framed peers.</summary>
public class StringEchoTests
{
    [PeerFact(Peers.Twisted)]
    public async Task Twisteds_own_Int32_client_gets_its_strings_back()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e01_string_echo", "0"));
        await using RunningProgram client = Python.Start("int32_client.py", $"{server.Port}");
        Assert.Equal("same\n", await client.Succeeds());
    }

    [PeerFact(Peers.Nc)]
    public async Task A_typed_netstring_comes_back()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e01_string_echo", "0", "netstring"));
        await using RunningProgram nc = Netcat.Connect(server.Port);
        await nc.Send("6:hello\n,3:ab\n,");
        Assert.Equal("6:hello", await nc.Line("hello"));
        Assert.Equal(",3:ab", await nc.Line("ab"));
    }

    [PeerFact(Peers.Nc)]
    public async Task A_wrong_netstring_costs_the_connection()
    {
        await using RunningProgram server = await RunningProgram.Listen(Sample("e01_string_echo", "0", "netstring"));
        Assert.Equal("", await Netcat.Ask(server.Port, "hello"));
    }
}
