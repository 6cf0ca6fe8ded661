#:project ../src/Twisted.Runtime
// A client that connects, says where to, and leaves.
//   dotnet run e07_using_tcp.cs [HOST [PORT]]
using System.Net;

var reactor = Reactor.Create();
string host = args is [var name, ..] ? name : "localhost";
int port = args is [_, var given, ..] ? int.Parse(given) : 80;
reactor.ConnectTcp(host, port, new BasicClientFactory(reactor));
reactor.Run();

class QuickDisconnectedProtocol : Protocol
{
    protected override void ConnectionMade()
    {
        Console.WriteLine($"Connected to {Transport.Peer.Host}.");
        Transport.LoseConnection();
    }
}

class BasicClientFactory(IReactorCore reactor) : ClientFactory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new QuickDisconnectedProtocol();

    protected override void ClientConnectionLost(IConnector connector, Exception reason)
    {
        Console.WriteLine($"Lost connection: {reason.Message}");
        reactor.Stop();
    }

    protected override void ClientConnectionFailed(IConnector connector, Exception reason)
    {
        Console.WriteLine($"Connection failed: {reason.Message}");
        reactor.Stop();
    }
}
