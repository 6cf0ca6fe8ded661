#:project ../src/Twisted.Runtime
// The smallest client: writes what the server sends to standard output.
//   dotnet run e09a_echo_to_stdout.cs PORT
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

class EchoClientFactory(IReactorCore reactor) : ClientFactory
{
    private readonly Stream _stdout = Console.OpenStandardOutput();

    protected override void StartedConnecting(IConnector connector) => Console.WriteLine("Started to connect.");

    public override IProtocol BuildProtocol(EndPoint peer)
    {
        Console.WriteLine("Connected.");
        return new Echo(_stdout);
    }

    protected override void ClientConnectionLost(IConnector connector, Exception reason)
    {
        Console.WriteLine($"Lost connection.  Reason: {reason.Message}");
        reactor.Stop();
    }

    protected override void ClientConnectionFailed(IConnector connector, Exception reason)
    {
        Console.WriteLine($"Connection failed. Reason: {reason.Message}");
        reactor.Stop();
    }
}
