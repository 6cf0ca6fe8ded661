#:project ../src/Twisted.Runtime
// Echo by a ReconnectingClientFactory: waits longer after each failure, begins anew after a success.
//   dotnet run e09g_reconnecting.cs PORT
using System.Net;

var reactor = Reactor.Create();
reactor.ConnectTcp("localhost", int.Parse(args[0]), new EchoClientFactory(reactor));
reactor.Run();

class Echo(Stream stdout) : Protocol
{
    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        stdout.Write(data);
        stdout.Flush();
    }
}

class EchoClientFactory(IReactorTime reactor) : ReconnectingClientFactory(reactor)
{
    protected override void StartedConnecting(IConnector connector)
    {
        Console.WriteLine("Started to connect.");
        base.StartedConnecting(connector);
    }

    public override IProtocol BuildProtocol(EndPoint peer)
    {
        Console.WriteLine("Connected.");
        Console.WriteLine("Resetting reconnection delay");
        ResetDelay();
        return new Echo(Console.OpenStandardOutput());
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
