#:project ../src/Twisted.Runtime
// The first protocol of the tutorial: prints what it receives and sends it back.
//   dotnet run e03_echo_server.cs [PORT]     then:  nc 127.0.0.1 8080
using System.Net;
using System.Text;

var reactor = Reactor.Create();
int number = args is [var given, ..] ? int.Parse(given) : 8080;
IListeningPort port = reactor.ListenTcp(number, new EchoFactory(), "127.0.0.1");
Console.WriteLine($"Listening on port {port.Host.Port}");
reactor.Run();

class EchoFactory : Factory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new EchoProtocol();
}

class EchoProtocol : Protocol
{
    protected override void ConnectionMade() => Console.WriteLine("Connection established");

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        Console.WriteLine($"Received data: {Encoding.UTF8.GetString(data).TrimEnd()}");
        Transport.Write(data);
    }

    protected override void ConnectionLost(Exception reason) => Console.WriteLine("Connection lost");
}
