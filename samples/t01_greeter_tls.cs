#:project ../src/Twisted.Runtime
// The Greeter of e09c over TLS: one line is another. A server whom cert.pem does not vouch for hears nothing.
//   dotnet run t01_greeter_tls.cs PORT cert.pem      (of t02_echo_tls_server.cs, which says how to make that file)
using static System.TimeSpan;

var reactor = Reactor.Create();

var point = Endpoints.Client(reactor, $"tls:localhost:{args[0]}:trustRoots={Endpoints.Quote(args[1])}");
var d = point.ConnectProtocol(new Greeter());
d.AddCallback(GotProtocol);
d.AddErrback(e => Console.WriteLine($"Connection failed: {e.Message}"));
reactor.Run();

void GotProtocol(Greeter p)
{
    p.SendMessage("Hello");
    reactor.CallLater(FromSeconds(1), p.SendMessage, "This is sent in a second");
    reactor.CallLater(FromSeconds(2), p.Transport.LoseConnection);
    reactor.CallLater(FromSeconds(2.2), reactor.Stop);
}

class Greeter : Protocol
{
    public void SendMessage(string msg) => Transport.Write($"MESSAGE {msg}\n");
}
