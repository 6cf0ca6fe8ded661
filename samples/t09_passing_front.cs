#:project ../src/Twisted.Runtime
// Accepts connections and hands them to t09_passing_worker, which serves them, also when this program has ended.
//   dotnet run t09_passing_front.cs PATH PORT      then:  nc 127.0.0.1 PORT
using System.Net;
using System.Net.Sockets;

return Reactor.Run(async reactor =>
{
    var endpoint = Endpoints.Client(reactor, $"unix:{Endpoints.Quote(args[0])}");
    Front front = await endpoint.ConnectProtocol(new Front());
    using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    listener.Blocking = false;
    listener.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(args[1])));
    listener.Listen();
    using IDisposable watch = ((IReactorFds)reactor).Watch(
        listener.SafeHandle, readable: () => front.Pass(listener.Accept()), writable: null);
    Console.WriteLine($"Listening on port {listener.LocalEndPoint!.Port}");
    await front.Ended;
    Console.WriteLine("The worker has gone.");
});

class Front : Protocol
{
    public Deferred Ended { get; } = new();

    public void Pass(Socket connection)
    {
        Transport.GetRequired<ISendsFileDescriptors>().SendFileDescriptor(connection.SafeHandle);
        Transport.Write("."u8); // the byte that it rides on
        connection.Dispose(); // the worker's own stays open
    }

    protected override void ConnectionLost(Exception reason) => Ended.Callback();
}
