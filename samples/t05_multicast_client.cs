#:project ../src/Twisted.Runtime
// Calls a group, and prints who answers within a second: all servers of t05_multicast_server on this machine.
//   dotnet run t05_multicast_client.cs [PORT]
using System.Net;
using System.Text;

return Reactor.Run(async reactor =>
{
    int number = args is [var given, ..] ? int.Parse(given) : 8005;
    var ping = new MulticastPing(new IPEndPoint(IPAddress.Parse("239.0.0.5"), number));
    await using IListeningPort port = ((IReactorMulticast)reactor).ListenMulticast(0, ping, "127.0.0.1");
    await reactor.DeferLater(TimeSpan.FromSeconds(1));
    Console.WriteLine($"{ping.Answers} answered.");
});

class MulticastPing(IPEndPoint group) : DatagramProtocol
{
    public int Answers { get; private set; }

    protected override void StartProtocol()
    {
        var multicast = Transport.GetRequired<IMulticastTransport>();
        multicast.OutgoingInterface = "127.0.0.1";
        multicast.TimeToLive = 0; // not over any router, and not over any wire
        Transport.Write("Client: Ping"u8, group);
    }

    protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
    {
        Answers++;
        Console.WriteLine($"{Encoding.UTF8.GetString(data)} from {from}");
    }
}
