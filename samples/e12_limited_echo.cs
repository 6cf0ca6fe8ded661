#:project ../src/Twisted.Runtime
// An echo for at most so many clients (100 in the tutorial): who is too much is told so and closed.
//   dotnet run e12_limited_echo.cs [PORT [LIMIT]]
using System.Net;

var reactor = Reactor.Create();
int number = args is [var given, ..] ? int.Parse(given) : 8007;
int limit = args is [_, var most, ..] ? int.Parse(most) : 100;
IListeningPort port = reactor.ListenTcp(number, new EchoFactory(limit), "127.0.0.1");
Console.WriteLine($"Listening on port {port.Host.Port}");
reactor.Run();

class Echo(EchoFactory factory) : Protocol
{
    protected override void ConnectionMade()
    {
        factory.NumProtocols++;
        if (factory.NumProtocols <= factory.Limit)
            return;
        Transport.Write("Too many connections, try later");
        Transport.LoseConnection();
    }

    protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);

    protected override void ConnectionLost(Exception reason) => factory.NumProtocols--;
}

class EchoFactory(int limit) : ServerFactory
{
    public int Limit => limit;

    public int NumProtocols { get; set; }

    public override IProtocol BuildProtocol(EndPoint peer) => new Echo(this);
}
