#:project ../src/Twisted.Runtime
// The client of t02_echo_tls_server. It sends nothing before the server is verified; "insecure" verifies nothing.
//   dotnet run t02_echo_tls_client.cs PORT cert.pem      or:  PORT insecure
using System.Security.Cryptography.X509Certificates;
using System.Text;

return Reactor.Run(async reactor =>
{
    var options = args[1] == "insecure"
        ? TlsOptions.InsecureOptionsForClientTls("localhost")
        : TlsOptions.OptionsForClientTls("localhost", Trust(args[1]));
    var tcp = new TcpClientEndpoint(reactor, "localhost", int.Parse(args[0]));
    EchoClient client = await new TlsClientEndpoint(tcp, options).ConnectProtocol(new EchoClient());
    await client.Ended;
});

static TrustRoot Trust(string file) => TrustRoot.Of(X509CertificateLoader.LoadCertificateFromFile(file));

class EchoClient : Protocol, IHandshakeListener
{
    public Deferred Ended { get; } = new();

    public void HandshakeCompleted(ITlsInfo tls) =>
        Console.WriteLine($"{tls.PeerCertificate!.Subject} by {tls.Version}");

    protected override void ConnectionMade() => Transport.Write("Hello, world");

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        Console.WriteLine($"Received: {Encoding.UTF8.GetString(data)}");
        Transport.LoseConnection();
    }

    protected override void ConnectionLost(Exception reason)
    {
        Console.WriteLine(reason.Message);
        Ended.Callback();
    }
}
