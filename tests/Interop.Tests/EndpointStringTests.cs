using System.Net;
using Twisted.Internet;

namespace Interop.Tests;

/// <summary>Endpoint strings, with OpenSSL, HAProxy and Twisted at the other end.</summary>
public sealed class EndpointStringTests : IDisposable
{
    private readonly TlsFiles _files = new();

    public void Dispose() => _files.Dispose();

    [PeerFact(Peers.OpenSsl)]
    public async Task OpenSSL_speaks_with_an_ssl_string()
    {
        string pair = await _files.Make("a.example");
        await using RunningProgram server = await Tool.Listen("echo", $"ssl:0:privateKey={pair}:interface=127.0.0.1");
        await AssertServes(server.Port, "a.example");
    }

    [PeerFact(Peers.OpenSsl)]
    public async Task OpenSSL_gets_the_certificate_of_the_name_it_asks_for_or_no_handshake()
    {
        await _files.Make("a.example");
        await _files.Make("b.example");
        await using RunningProgram server = await Tool.Listen("echo", $"tls:{_files.Folder}:tcp:0:interface=127.0.0.1");
        await AssertServes(server.Port, "b.example");
        await AssertServes(server.Port, "a.example");

        await using RunningProgram refused = SClient(server.Port, "d.example", "a.example");
        Assert.Equal(1, await refused.Exit());
    }

    [PeerFact(Peers.OpenSsl, Peers.Haproxy, Peers.Nc)]
    public async Task HAProxy_tells_its_client_in_both_versions()
    {
        await AssertTells("send-proxy", "haproxy:tcp:0:interface=127.0.0.1", version: 1, "");
        await AssertTells("send-proxy-v2 proxy-v2-options crc32c,unique-id",
            "haproxy:trust=127.0.0.1:tcp:0:interface=127.0.0.1", version: 2, "one-of-a-kind");
    }

    [PeerFact(Peers.OpenSsl, Peers.Haproxy, Peers.Nc)]
    public async Task HAProxy_tells_its_client_before_TLS()
    {
        string pair = await _files.Make("localhost");
        await AssertTells("send-proxy-v2 ssl verify none",
            $"haproxy:ssl:0:{pair}:interface=127.0.0.1", version: 2, "");
        await AssertTells("send-proxy ssl verify none",
            $"haproxy:tls:{pair}:tcp:0:interface=127.0.0.1", version: 1, "");
    }

    [PeerFact(Peers.OpenSsl, Peers.Twisted)]
    public async Task Twisteds_client_strings_meet_ours()
    {
        string pair = await _files.Make("localhost");
        await using RunningProgram plain = await Tool.Listen("echo");
        Assert.Equal("hello\n", await TwistedSays($"tcp:127.0.0.1:{plain.Port}"));

        await using RunningProgram secure = await Tool.Listen("echo", $"tls:{pair}:tcp:0:interface=127.0.0.1");
        Assert.Equal("hello\n", await TwistedSays($"tls:localhost:{secure.Port}:trustRoots={_files.Folder}"));
        Assert.Equal("hello\n", await TwistedSays(
            $"ssl:127.0.0.1:{secure.Port}:caCertsDir={_files.Folder}:hostname=localhost"));
    }

    private static async Task<string> TwistedSays(string endpoint)
    {
        await using RunningProgram client = Python.Start("twisted_endpoint.py", endpoint);
        return await client.Succeeds();
    }

    private async Task AssertServes(int port, string name)
    {
        await using RunningProgram client = SClient(port, name, name);
        await client.Send("hello\n");
        Assert.Equal("hello", await client.Line(_ => true));
    }

    private RunningProgram SClient(int port, string name, string trusted) => RunningProgram.Start(
        Peers.OpenSsl, "s_client", "-connect", $"127.0.0.1:{port}", "-servername", name, "-verify_hostname", name,
        "-verify_return_error", "-CAfile", Path.Combine(_files.Folder, trusted + ".pem.crt"), "-quiet");

    /// <summary>A server in this process tells what it was told; haproxy stands before it.</summary>
    private static async Task AssertTells(string haproxy, string endpoint, int version, string id)
    {
        using var stop = new CancellationTokenSource();
        IReactor reactor = Reactor.Create(new ReactorOptions { HandleSignals = false });
        Task running = reactor.RunAsync(stop.Token);
        IListeningPort port = await reactor.InvokeAsync(
            () => Endpoints.Server(reactor, endpoint).Listen(() => new Teller()));
        await using RunningProgram before = await RunningProgram.Listen(
            Python.Script("haproxy_before.py", $"{port.Host.Port}", haproxy));
        await using RunningProgram nc = await RunningProgram.Run(Peers.Nc, "-v", "127.0.0.1", $"{before.Port}");
        string[] told = nc.Output.Split(' ');
        Assert.Equal([$"{version}", "127.0.0.1", $"127.0.0.1:{before.Port}", id], told);
        await stop.CancelAsync();
        await running;
    }

    private sealed class Teller : Protocol
    {
        protected override void ConnectionMade()
        {
            IProxyHeader header = Transport.GetRequired<IProxyHeader>();
            string id = System.Text.Encoding.ASCII.GetString(header.UniqueId.Span);
            Transport.Write($"{header.Version} {Transport.Peer.Host} {(IPEndPoint)Transport.Host} {id}");
            Transport.LoseConnection();
        }
    }
}
