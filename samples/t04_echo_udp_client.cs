#:project ../src/Twisted.Runtime
// The client of t04_echo_udp_server. Datagrams get lost: it asks again each second, and gives up after five.
//   dotnet run t04_echo_udp_client.cs PORT
using System.Net;
using System.Text;
using static System.TimeSpan;

return Reactor.Run(async reactor =>
{
    var client = new EchoClient(new IPEndPoint(IPAddress.Loopback, int.Parse(args[0])));
    await using IListeningPort port = reactor.ListenUdp(0, client, "127.0.0.1");
    var asking = new LoopingCall(reactor, client.Ask);
    asking.Start(FromSeconds(1)).Forget();
    Console.WriteLine(await client.Answer
        .AddTimeout(FromSeconds(5), reactor)
        .AddErrback((TimeoutException _) => "No answer."));
    asking.Stop();
});

class EchoClient(IPEndPoint server) : DatagramProtocol
{
    public Deferred<string> Answer { get; } = new();

    public void Ask() => Transport.Write("Hello, world"u8);

    protected override void StartProtocol() => Transport.Connect(server); // others are not heard

    protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
    {
        if (!Answer.IsFired)
            Answer.Callback($"Received: {Encoding.UTF8.GetString(data)}");
    }

    protected override void ConnectionRefused() => Console.WriteLine("Nobody listens there, not yet.");
}
