#:project ../src/Twisted.Runtime
// Says hello to a server and closes: the whole line arrives, then the end.
//   dotnet run e09b_welcome_message.cs PORT
using System.Net;

var reactor = Reactor.Create();
reactor.ConnectTcp("localhost", int.Parse(args[0]), new WelcomeFactory(reactor));
reactor.Run();

class WelcomeMessage : Protocol
{
    protected override void ConnectionMade()
    {
        Transport.Write("Hello server, I am the client!\r\n");
        Transport.LoseConnection();
    }
}

class WelcomeFactory(IReactorCore reactor) : ClientFactory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new WelcomeMessage();

    protected override void ClientConnectionLost(IConnector connector, Exception reason) => reactor.Stop();

    protected override void ClientConnectionFailed(IConnector connector, Exception reason) => reactor.Stop();
}
