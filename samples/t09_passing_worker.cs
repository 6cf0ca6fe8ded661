#:project ../src/Twisted.Runtime
// Serves connections that another program has accepted: t09_passing_front hands over their open descriptors.
//   dotnet run t09_passing_worker.cs PATH
using System.Net;
using Microsoft.Win32.SafeHandles;

return Reactor.Run(async reactor =>
{
    var service = Factory.For(() => new Echo());
    var endpoint = Endpoints.Server(reactor, $"unix:{Endpoints.Quote(args[0])}:mode=600");
    await using IListeningPort port = await endpoint.Listen(() => new Worker((IReactorAdopt)reactor, service));
    Console.WriteLine($"Listening on {port.Host}");
    await Deferred.Never();
});

class Worker(IReactorAdopt reactor, IProtocolFactory service) : Protocol, IFileDescriptorReceiver
{
    public void FileDescriptorReceived(SafeFileHandle descriptor) =>
        reactor.AdoptStreamConnection(descriptor, service); // ours from here on
}

class Echo : Protocol
{
    protected override void ConnectionMade()
    {
        Console.WriteLine($"Serving {Transport.Peer}");
        Transport.Write($"Process {Environment.ProcessId} is listening.\n");
    }

    protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);

    protected override void ConnectionLost(Exception reason) => Console.WriteLine(reason.Message);
}
