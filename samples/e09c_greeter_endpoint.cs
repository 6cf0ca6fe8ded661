#:project ../src/Twisted.Runtime
// The Greeter over an endpoint: three things, a second apart, with callbacks.
//   dotnet run e09c_greeter_endpoint.cs PORT
using static System.TimeSpan;

var reactor = Reactor.Create();

IStreamClientEndpoint point = new TcpClientEndpoint(reactor, "localhost", int.Parse(args[0]));
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
