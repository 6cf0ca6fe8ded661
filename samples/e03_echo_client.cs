#:project ../src/Twisted.Runtime
// The other end of e03_echo_server: connects, says hello, prints the echo and leaves.
//   dotnet run e03_echo_client.cs [PORT]
using System.Net;
using System.Text;

var reactor = Reactor.Create();
reactor.ConnectTcp("localhost", args is [var given, ..] ? int.Parse(given) : 8080, new EchoClientFactory(reactor));
reactor.Run();

class EchoClientFactory(IReactorCore reactor) : ClientFactory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new EchoClient();

    protected override void ClientConnectionLost(IConnector connector, Exception reason) => reactor.Stop();

    protected override void ClientConnectionFailed(IConnector connector, Exception reason)
    {
        Console.WriteLine($"Connection failed: {reason.Message}");
        reactor.Stop();
    }
}

class EchoClient : Protocol
{
    protected override void ConnectionMade()
    {
        Console.WriteLine("Connection established");
        Transport.Write("Hello, world\n");
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        Console.WriteLine($"Received data: {Encoding.UTF8.GetString(data).TrimEnd()}");
        Transport.LoseConnection();
    }

    protected override void ConnectionLost(Exception reason) => Console.WriteLine("Connection lost");
}
