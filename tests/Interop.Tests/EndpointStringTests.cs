using System.Net;
using Twisted.Conformance;

namespace Interop.Tests;

/// <summary>Endpoint strings, with OpenSSL, HAProxy and Twisted at the other end.</summary>
public sealed class EndpointStringTests : IDisposable
{
    private readonly CertificateFiles _files = new();

    public void Dispose() => _files.Dispose();

    [PeerFact(Peers.OpenSsl)]
    public async Task OpenSSL_speaks_with_an_ssl_string()
    {
        string pair = await MakeByOpenSsl("a.example");
        await using RunningProgram server = await Tool.Listen("echo", $"ssl:0:privateKey={pair}:interface=127.0.0.1");
        await AssertServes(server.Port, "a.example");
    }

    [PeerFact(Peers.OpenSsl)]
    public async Task OpenSSL_gets_the_certificate_of_the_name_it_asks_for_or_no_handshake()
    {
        await MakeByOpenSsl("a.example");
        await MakeByOpenSsl("b.example");
        await using RunningProgram server = await Tool.Listen("echo", $"tls:{_files.Folder}:tcp:0:interface=127.0.0.1");
        await AssertServes(server.Port, "b.example");
        await AssertServes(server.Port, "a.example");

        await using RunningProgram refused = SClient(server.Port, "d.example", "a.example");
        Assert.Equal(1, await refused.Exit());
    }

    [PeerFact(Peers.OpenSsl)]
    public async Task A_certificate_that_changes_is_shown_to_the_next_clients()
    {
        _files.Pair("names/a.example.pem", "a.example");
        _files.Pair("names/b.example.pem", "b.example");
        await using RunningProgram server = await Tool.Listen(
            "echo", $"tls:{Path.Combine(_files.Folder, "names")}:tcp:0:interface=127.0.0.1");
        string before = await Shown(server.Port, "a.example");
        string other = await Shown(server.Port, "b.example");
        _files.Pair("names/a.example.pem", "a.example");
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100)); // the folder is looked at once a second
        using var deadline = new CancellationTokenSource(server.Deadline);
        while (await Shown(server.Port, "a.example") == before)
            await again.WaitForNextTickAsync(deadline.Token);
        Assert.Equal(other, await Shown(server.Port, "b.example"));
    }

    [PeerFact(Peers.Ss, Peers.Socat)]
    public async Task The_system_probes_a_silent_client_when_told_to()
    {
        await using RunningProgram server = await Tool.Listen("echo", "tcp:0:interface=127.0.0.1:keepalive=3000,4,6");
        await using RunningProgram socat = RunningProgram.Start(Peers.Socat, "-", $"TCP:127.0.0.1:{server.Port}");
        await Tool.AssertEchoes(socat);
        await using RunningProgram ss = await RunningProgram.Run(Peers.Ss, "-tno", $"sport = :{server.Port}");
        Assert.Matches(@"ESTAB.*timer:\(keepalive,(49|50)min", await ss.Succeeds());
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
        string pair = await MakeByOpenSsl("localhost");
        await AssertTells("send-proxy-v2 ssl verify none",
            $"haproxy:ssl:0:{pair}:interface=127.0.0.1", version: 2, "");
        await AssertTells("send-proxy ssl verify none",
            $"haproxy:tls:{pair}:tcp:0:interface=127.0.0.1", version: 1, "");
    }

    [PeerFact(Peers.OpenSsl, Peers.Twisted)]
    public async Task Twisteds_client_strings_meet_ours()
    {
        string pair = await MakeByOpenSsl("localhost");
        await using RunningProgram plain = await Tool.Listen("echo");
        Assert.Equal("hello\n", await TwistedSays($"tcp:127.0.0.1:{plain.Port}"));

        await using RunningProgram secure = await Tool.Listen("echo", $"tls:{pair}:tcp:0:interface=127.0.0.1");
        Assert.Equal("hello\n", await TwistedSays($"tls:localhost:{secure.Port}:trustRoots={_files.Folder}"));
        Assert.Equal("hello\n", await TwistedSays(
            $"ssl:127.0.0.1:{secure.Port}:caCertsDir={_files.Folder}:hostname=localhost"));
    }

    /// <summary>Makes NAME.pem as OpenSSL writes it: a key, and a certificate for that name signed by itself.</summary>
    private async Task<string> MakeByOpenSsl(string name)
    {
        string path = Path.Combine(_files.Folder, name + ".pem");
        await using RunningProgram openssl = await RunningProgram.Run(Peers.OpenSsl, "req", "-x509", "-nodes", "-days",
            "2", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-subj", $"/CN={name}",
            "-addext", $"subjectAltName=DNS:{name}", "-keyout", path, "-out", path + ".crt");
        await openssl.Succeeds();
        await File.AppendAllTextAsync(path, await File.ReadAllTextAsync(path + ".crt"));
        return path;
    }

    private static async Task<string> TwistedSays(string endpoint)
    {
        await using RunningProgram client = Python.Start("twisted_endpoint.py", endpoint);
        return await client.Succeeds();
    }

    /// <summary>The certificate that a client gets for a name.</summary>
    private async Task<string> Shown(int port, string name)
    {
        await using RunningProgram client = await RunningProgram.Run(Peers.OpenSsl, "s_client", "-connect",
            $"127.0.0.1:{port}", "-servername", name, "-verify_hostname", name, "-verify_return_error",
            "-CAfile", _files.Trust());
        string output = await client.Succeeds();
        int begin = output.IndexOf("-----BEGIN", StringComparison.Ordinal);
        return output[begin..output.IndexOf("-----END", StringComparison.Ordinal)];
    }

    private async Task AssertServes(int port, string name)
    {
        await using RunningProgram client = SClient(port, name, name);
        await Tool.AssertEchoes(client);
    }

    private RunningProgram SClient(int port, string name, string trusted) => RunningProgram.Start(
        Peers.OpenSsl, "s_client", "-connect", $"127.0.0.1:{port}", "-servername", name, "-verify_hostname", name,
        "-verify_return_error", "-CAfile", Path.Combine(_files.Folder, trusted + ".pem.crt"), "-quiet");

    /// <summary>A server in this process tells what it was told; haproxy stands before it.</summary>
    private static Task AssertTells(string haproxy, string endpoint, int version, string id) =>
        OnReactor.Run(async reactor =>
        {
            IListeningPort port = await Endpoints.Server(reactor, endpoint).Listen(() => new Teller());
            await using RunningProgram before = await RunningProgram.Listen(
                Python.Script("haproxy_before.py", $"{port.Host.Port}", haproxy));
            await using RunningProgram nc = await RunningProgram.Run(Peers.Nc, "-v", "127.0.0.1", $"{before.Port}");
            string[] told = nc.Output.Split(' ');
            Assert.Equal([$"{version}", "127.0.0.1", $"127.0.0.1:{before.Port}", id], told);
        });

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
