#:project ../src/Twisted.Runtime
// Answers whoever calls the group 239.0.0.5, on this machine only: the group is joined on the loopback interface.
//   dotnet run t05_multicast_server.cs [PORT]      as often as you like: all of them answer
using System.Net;

var reactor = Reactor.Create();
int number = args is [var given, ..] ? int.Parse(given) : 8005;
IListeningPort port = ((IReactorMulticast)reactor).ListenMulticast(
    number, new MulticastPong(), "239.0.0.5", listenMultiple: true); // bound to the group: nothing else comes in
Console.WriteLine($"Listening on port {port.Host.Port}");
reactor.Run();

class MulticastPong : DatagramProtocol
{
    protected override void StartProtocol() => Transport.GetRequired<IMulticastTransport>()
        .JoinGroup(IPAddress.Parse("239.0.0.5"), "127.0.0.1")
        .AddErrback(failure => Console.WriteLine(failure.Message));

    protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
    {
        Console.WriteLine($"Received {data.Length} bytes from {from}");
        Transport.Write("Server: Pong"u8, from); // to the one who asked, not to the group
    }
}
