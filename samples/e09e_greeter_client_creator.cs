#:project ../src/Twisted.Runtime
// The Greeter by ClientCreator, the older way.
//   dotnet run e09e_greeter_client_creator.cs PORT
using static System.TimeSpan;

var reactor = Reactor.Create();
var creator = new ClientCreator<Greeter>(reactor, () => new Greeter());
creator.ConnectTcp("localhost", int.Parse(args[0])).AddCallback(GotProtocol);
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
