using Twisted.Conformance;

namespace Interop.Tests;

/// <summary>The strings <c>stdio:</c> and <c>process:</c>: connections that are pipes.</summary>
public class StandardIOTests
{
    [Theory]
    [InlineData("epoll")]
    [InlineData("portable")]
    public async Task The_tool_serves_its_own_input_and_ends_with_it(string reactor)
    {
        await using RunningProgram tool = await Tool.Start("-n", "-r", reactor, "echo", "--port", "stdio:");
        await tool.Send("hello\n");
        Assert.Equal("hello", await tool.Line(_ => true));
        await tool.Send("and the end");
        tool.CloseInput();
        Assert.Equal("hello\nand the end", await tool.Succeeds());
        Assert.Contains("Listening on standard input and output (EchoFactory)", tool.Errors,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("portable")]
    public async Task Much_input_comes_back_whole(string reactor)
    {
        await Tool.Built;
        byte[] file = new byte[3_000_000];
        new Random(862).NextBytes(file);
        await using RunningProgram tool =
            await RunningProgram.Run(file, Twistd("-n", "-r", reactor, "echo", "--port", "stdio:"));
        Assert.True(file.AsSpan().SequenceEqual(tool.OutputBytes), $"{tool.OutputBytes.Length} bytes came back");
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("portable")]
    public async Task A_server_that_closes_ends_the_tool_though_its_input_is_open(string reactor)
    {
        await using RunningProgram tool = await Tool.Start("-n", "-r", reactor, "qotd", "--port", "stdio:");
        Assert.Equal("An apple a day keeps the doctor away\r\n", await tool.Succeeds());
    }

    [PeerFact(Peers.Socat)]
    public Task A_client_goes_through_a_program() => OnReactor.Run(async reactor =>
    {
        await using RunningProgram server = await Tool.Listen("echo");
        string address = Endpoints.Quote($"TCP:127.0.0.1:{server.Port}");
        Probe probe = await Endpoints.Client(reactor, $"process:{Peers.Socat}:-:{address}").Connect(() => new Asking());
        await probe.Lost;
        Assert.Equal("hello"u8.ToArray(), probe.Received);
    });

    [PeerFact(Peers.OpenSsl, Peers.Socat)]
    public Task TLS_goes_through_a_program() => OnReactor.Run(async reactor =>
    {
        using var files = new CertificateFiles();
        await using RunningProgram server = await Tool.Listen(
            "echo", $"tls:{files.Pair("server.pem", "localhost")}:tcp:0:interface=127.0.0.1");
        string program = $"process:{Peers.Socat}:-:{Endpoints.Quote($"TCP:127.0.0.1:{server.Port}")}";
        string secure = $"tls:localhost:trustRoots={files.Trust()}:endpoint={Endpoints.Quote(program)}";
        Probe probe = await Endpoints.Client(reactor, secure).Connect(() => new Asking());
        await probe.Lost;
        Assert.Equal("hello"u8.ToArray(), probe.Received);
    });

    /// <summary>Says a word and leaves when it has come back.</summary>
    private sealed class Asking : Probe
    {
        protected override void ConnectionMade()
        {
            base.ConnectionMade();
            Transport.Write("hello"u8);
        }

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            base.DataReceived(data);
            if (Received.Count == 5)
                Transport.LoseConnection();
        }
    }
}
