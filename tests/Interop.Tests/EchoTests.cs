namespace Interop.Tests;

public class EchoTests
{
    [PeerFact(Peers.Nc)]
    public async Task A_large_file_comes_back_whole_though_its_sender_closes_its_side()
    {
        byte[] file = new byte[5_000_000];
        new Random(862).NextBytes(file);
        await using RunningProgram server = await Tool.Listen("echo");
        await using RunningProgram nc = await RunningProgram.Run(file, Peers.Nc, "-N", "127.0.0.1", $"{server.Port}");
        Assert.True(file.AsSpan().SequenceEqual(nc.OutputBytes), $"{nc.OutputBytes.Length} bytes came back");
    }

    [PeerFact(Peers.Python)]
    public async Task Two_hundred_clients_at_once_get_their_own_bytes()
    {
        await using RunningProgram server = await Tool.Listen("echo");
        await using RunningProgram clients =
            Python.Start("echo_clients.py", $"{server.Port}", "200");
        Assert.Equal("good\n", await clients.Succeeds());
    }

    [PeerFact(Peers.Socat)]
    public async Task Socat_hears_its_lines()
    {
        await using RunningProgram server = await Tool.Listen("echo");
        await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-", $"TCP:127.0.0.1:{server.Port}");
        await socat.Send("one\n");
        Assert.Equal("one", await socat.Line(_ => true));
        await socat.Send("two\n");
        Assert.Equal("two", await socat.Line(_ => true));
    }
}
