#:project ../src/Twisted.Runtime
// The Greeter again, with await: the same on the wire.
//   dotnet run e09d_greeter_await.cs PORT
using static System.TimeSpan;

return Reactor.Run(async reactor =>
{
    var p = await new TcpClientEndpoint(reactor, "localhost", int.Parse(args[0])).ConnectProtocol(new Greeter());
    p.SendMessage("Hello");
    await reactor.DeferLater(FromSeconds(1));
    p.SendMessage("This is sent in a second");
    await reactor.DeferLater(FromSeconds(1));
    p.Transport.LoseConnection();
});

class Greeter : Protocol
{
    public void SendMessage(string msg) => Transport.Write($"MESSAGE {msg}\n");
}
