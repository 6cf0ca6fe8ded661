#:project ../src/Twisted.Runtime
// Lines come back: in plain, until the client says STLS (POP3's word for it, RFC 2595), and over TLS from then on.
//   dotnet run t08_starttls_server.cs PORT cert.pem key.pem      (t02_echo_tls_server.cs says how to make these)
// then:  openssl s_client -starttls pop3 -connect localhost:PORT -CAfile cert.pem -verify_return_error -crlf
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;

return Reactor.Run(async reactor =>
{
    using var certificate = X509Certificate2.CreateFromPemFile(args[1], args[2]);
    var options = TlsOptions.OptionsForServerTls(certificate);
    var endpoint = new TcpServerEndpoint(reactor, int.Parse(args[0]), "127.0.0.1");
    await using IListeningPort port = await endpoint.Listen(() => new Lines(options));
    Console.WriteLine($"Listening on port {port.Host.Port}");
    await Deferred.Never();
});

class Lines(SslServerAuthenticationOptions options) : LineReceiver, IHandshakeListener
{
    private string _way = "in plain";

    public void HandshakeCompleted(ITlsInfo tls) => _way = $"over {tls.Version}";

    protected override void ConnectionMade() => SendLine("+OK Ready");

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        switch (Encoding.UTF8.GetString(line))
        {
            case "STLS" when _way == "in plain":
                SendLine("+OK Begin"); // the last line in plain
                Transport.GetRequired<IStartTls>().StartTls(options).AddErrback(_ => { }); // ConnectionLost tells it
                break;
            case "STLS":
                SendLine("-ERR We have TLS");
                break;
            case var text:
                SendLine($"+OK {text} {_way}");
                break;
        }
    }

    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        Console.WriteLine($"{_way}: {reason.Message}");
    }
}
