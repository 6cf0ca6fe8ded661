using System.Security.Cryptography.X509Certificates;
using System.Text;
using Twisted.Conformance;

namespace Interop.Tests.Tls;

/// <summary>The original speaks TLS with us, in both directions, from the beginning and after STARTTLS.</summary>
public sealed class TwistedTlsTests : IDisposable
{
    private const int BulkLength = 3_000_000; // as in twisted_tls.py

    private readonly CertificateFiles _files = new();
    private readonly X509Certificate2 _localhost;

    public TwistedTlsTests() => _localhost = _files.Authority.Issue("localhost");

    public void Dispose() => _files.Dispose();

    [PeerTheory(Peers.Twisted, Peers.TwistedTls)]
    [InlineData("client")]
    [InlineData("starttls-client")]
    public Task It_calls_us(string role) => OnReactor.Run(async reactor =>
    {
        Factory factory = Factory.For(() => new Server(_localhost));
        IListeningPort port = role == "client"
            ? reactor.ListenTls(0, factory, TlsOptions.OptionsForServerTls(_localhost), "127.0.0.1")
            : reactor.ListenTcp(0, factory, "127.0.0.1");
        await using RunningProgram client = Python.Start(
            "twisted_tls.py", role, $"{port.Host.Port}", _files.Trust());
        Assert.Equal($"echoed\nbulk {BulkLength}\nlost ConnectionDone\n", await client.Succeeds());
    });

    [PeerTheory(Peers.Twisted, Peers.TwistedTls)]
    [InlineData("server")]
    [InlineData("starttls-server")]
    public Task We_call_it(string role) => OnReactor.Run(async reactor =>
    {
        await using RunningProgram server = await RunningProgram.Listen(
            Python.Script("twisted_tls.py", role, _files.Pair(_localhost)));
        var client = new Client(_files.Authority.TrustRoot, startsPlain: role == "starttls-server");
        if (role == "server")
            reactor.ConnectTls("127.0.0.1", server.Port, ClientFactory.For(() => client),
                TlsOptions.OptionsForClientTls("localhost", _files.Authority.TrustRoot));
        else
            reactor.ConnectTcp("127.0.0.1", server.Port, ClientFactory.For(() => client));
        Exception end = await client.Lost;
        Assert.True(end is ConnectionDoneException, end.ToString());
        Assert.Equal(["hello", $"bulk {BulkLength}"], client.Lines);
    });

    private sealed class Server(X509Certificate2 certificate) : LineReceiver
    {
        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            if (line.SequenceEqual("STARTTLS"u8))
            {
                SendLine("ready");
                WhileConnected(Transport.GetRequired<IStartTls>()
                    .StartTls(TlsOptions.OptionsForServerTls(certificate)).AddCallback(_ => { }));
            }
            else if (line.SequenceEqual("bulk"u8))
            {
                Transport.Write(new string('x', BulkLength) + "\r\n");
                Transport.LoseConnection();
            }
            else
                SendLine(line);
        }
    }

    private sealed class Client(TrustRoot trust, bool startsPlain) : LineReceiver
    {
        internal List<string> Lines { get; } = [];

        internal Deferred<Exception> Lost { get; } = new();

        protected override int MaxLength => BulkLength + 1;

        protected override void ConnectionMade() => SendLine(startsPlain ? "STARTTLS" : "hello");

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            if (line.SequenceEqual("ready"u8))
            {
                WhileConnected(Transport.GetRequired<IStartTls>()
                    .StartTls(TlsOptions.OptionsForClientTls("localhost", trust)).AddCallback(_ => { }));
                SendLine("hello");
                return;
            }
            Lines.Add(line.Length == BulkLength ? $"bulk {line.Length}" : Encoding.ASCII.GetString(line));
            if (Lines.Count == 1)
                SendLine("bulk");
        }

        protected override void ConnectionLost(Exception reason)
        {
            base.ConnectionLost(reason);
            Lost.Callback(reason);
        }
    }
}
