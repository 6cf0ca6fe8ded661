#:project ../src/Twisted.Runtime
// The tutorial's promised reconnecting client: keeps a connection to a line echo, whatever happens to the server.
//   dotnet run e05_reconnecting_client.cs [PORT]
using System.Net;
using System.Text;
using static System.TimeSpan;

var reactor = Reactor.Create();
int port = args is [var given, ..] ? int.Parse(given) : 8080;
reactor.ConnectTcp("127.0.0.1", port, new PersistentFactory(reactor));
reactor.Run();

class PersistentFactory(IReactorTime reactor)
    : ReconnectingClientFactory(reactor, Backoff)
{
    private static readonly BackoffPolicy Backoff =
        new() { InitialDelay = FromMilliseconds(100), MaxDelay = FromSeconds(5) };

    public override IProtocol BuildProtocol(EndPoint peer)
    {
        Console.WriteLine("Connected.");
        ResetDelay();
        return new Greeter();
    }

    protected override void ClientConnectionLost(IConnector connector, Exception reason)
    {
        Console.WriteLine($"Lost connection.  Reason: {reason.Message}");
        base.ClientConnectionLost(connector, reason);
    }

    protected override void ClientConnectionFailed(IConnector connector, Exception reason)
    {
        Console.WriteLine($"Connection failed. Reason: {reason.Message}");
        base.ClientConnectionFailed(connector, reason);
    }
}

class Greeter : LineReceiver
{
    protected override void ConnectionMade() => SendLine("still here");

    protected override void LineReceived(ReadOnlySpan<byte> line) =>
        Console.WriteLine($"Received: {Encoding.UTF8.GetString(line)}");
}
