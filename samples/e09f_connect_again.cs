#:project ../src/Twisted.Runtime
// Connects again inside the loss, at once, as the tutorial does first. (A server that drops at once makes this a busy
// loop: e09g_reconnecting waits.) Ends after the third connection.
//   dotnet run e09f_connect_again.cs PORT
using System.Net;

var reactor = Reactor.Create();
reactor.ConnectTcp("localhost", int.Parse(args[0]), new EchoClientFactory(reactor));
reactor.Run();

class Echo : Protocol
{
    protected override void ConnectionMade() => Transport.Write("hello\r\n");

    protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.LoseConnection();
}

class EchoClientFactory(IReactor reactor) : ClientFactory
{
    private int _connections;

    protected override void StartFactory() => Console.WriteLine("Factory started.");

    protected override void StopFactory() => Console.WriteLine("Factory stopped.");

    public override IProtocol BuildProtocol(EndPoint peer)
    {
        Console.WriteLine($"Connection {++_connections}.");
        return new Echo();
    }

    protected override void ClientConnectionLost(IConnector connector, Exception reason)
    {
        if (_connections < 3)
            connector.Connect();
        else
            reactor.CallLater(TimeSpan.Zero, reactor.Stop); // the factory hears of its own end first
    }
}
