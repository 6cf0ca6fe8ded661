#:project ../src/Twisted.Runtime
// Echo over UDP: each datagram goes back to whoever sent it. There are no connections.
//   dotnet run t04_echo_udp_server.cs [PORT]      then:  nc -u 127.0.0.1 9999
using System.Net;

var reactor = Reactor.Create();
IListeningPort port = reactor.ListenUdp(args is [var given, ..] ? int.Parse(given) : 9999, new Echo(), "127.0.0.1");
Console.WriteLine($"Listening on port {port.Host.Port}");
reactor.Run();

class Echo : DatagramProtocol
{
    protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
    {
        Console.WriteLine($"Received {data.Length} bytes from {from}");
        Transport.Write(data, from);
    }
}
