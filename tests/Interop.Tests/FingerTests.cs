using System.Text;

namespace Interop.Tests;

/// <summary>RFC 1288 by the finger program and by hand.</summary>
public class FingerTests
{
    [PeerFact(Peers.Nc)]
    public async Task Queries_are_answered()
    {
        await using RunningProgram server = await Tool.Listen("finger");
        Assert.Equal("Happy and well\r\n", await Ask(server.Port, "moshez\r\n"));
        Assert.Equal("Happy and well\r\n", await Ask(server.Port, "/W moshez\r\n"));
        Assert.Equal("No such user\r\n", await Ask(server.Port, "nobody\r\n"));
        Assert.Equal("moshez\r\n", await Ask(server.Port, "\r\n"));
        Assert.Equal("moshez\r\n", await Ask(server.Port, "/W\r\n"));
        Assert.Equal("Finger forwarding service denied\r\n", await Ask(server.Port, "moshez@example.org\r\n"));
        Assert.Equal("Finger forwarding service denied\r\n", await Ask(server.Port, "@example.org\r\n"));
        Assert.Equal("", await Ask(server.Port, "moshez"));
    }

    [PeerFact(Peers.Finger, Peers.Ip, Peers.Root)]
    public async Task The_finger_program_itself_reads_the_answers()
    {
        await using NetworkNamespace network = await NetworkNamespace.Create();
        await Tool.Built;
        await using RunningProgram server = await RunningProgram.Listen(
            network.Command(Twistd("-n", "finger", "--port", "tcp:79:interface=127.0.0.1")));
        Assert.Equal(79, server.Port);
        Assert.Contains("Happy and well", await Finger(network, "moshez@127.0.0.1"), StringComparison.Ordinal);
        Assert.Contains("Happy and well", await Finger(network, "-l", "moshez@127.0.0.1"), StringComparison.Ordinal);
        Assert.Contains("No such user", await Finger(network, "nobody@127.0.0.1"), StringComparison.Ordinal);
        Assert.Contains("moshez", await Finger(network, "@127.0.0.1"), StringComparison.Ordinal);
        Assert.Contains("forwarding service denied", await Finger(network, "moshez@example.org@127.0.0.1"),
            StringComparison.Ordinal);
    }

    private static async Task<string> Finger(NetworkNamespace network, params string[] arguments)
    {
        await using RunningProgram finger = RunningProgram.Start(network.Command([Peers.Finger, .. arguments]));
        return await finger.Succeeds();
    }

    private static async Task<string> Ask(int port, string query)
    {
        await using RunningProgram nc =
            await RunningProgram.Run(Encoding.UTF8.GetBytes(query), Peers.Nc, "-N", "127.0.0.1", $"{port}");
        return nc.Output;
    }
}
