#:project ../src/Twisted.Runtime
// Echo over TLS. A certificate that nobody but itself vouches for, to try it out:
//   openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost \
//       -keyout key.pem -out cert.pem
//   dotnet run t02_echo_tls_server.cs PORT cert.pem key.pem
// then:  openssl s_client -connect localhost:PORT -CAfile cert.pem -verify_return_error
using System.Security.Cryptography.X509Certificates;

return Reactor.Run(async reactor =>
{
    using var certificate = X509Certificate2.CreateFromPemFile(args[1], args[2]);
    var options = TlsOptions.OptionsForServerTls(certificate);
    await using IListeningPort port = reactor.ListenTls(int.Parse(args[0]), () => new Echo(), options, "127.0.0.1");
    Console.WriteLine($"Listening on port {port.Host.Port}");
    await Deferred.Never();
});

class Echo : Protocol, IHandshakeListener
{
    public void HandshakeCompleted(ITlsInfo tls) => Console.WriteLine($"Secured by {tls.Version}");

    protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);

    protected override void ConnectionLost(Exception reason) => Console.WriteLine(reason.Message);
}
