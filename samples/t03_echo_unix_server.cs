#:project ../src/Twisted.Runtime
// Echo on a UNIX socket that only its owner may use. A lock file lets it replace what a dead server left behind.
//   dotnet run t03_echo_unix_server.cs PATH      then:  nc -U PATH
return Reactor.Run(async reactor =>
{
    var endpoint = Endpoints.Server(reactor, $"unix:{Endpoints.Quote(args[0])}:mode=600");
    await using IListeningPort port = await endpoint.Listen(() => new Echo());
    Console.WriteLine($"Listening on {port.Host}");
    await Deferred.Never();
});

class Echo : Protocol
{
    protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
}
