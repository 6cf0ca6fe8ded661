#:project ../../src/Twisted.Runtime
// Step 5: answers every query with "No such user".
var reactor = Reactor.Create();
string port = args is [var given, ..] ? given : "1079";
Endpoints.Server(reactor, $"tcp:{port}:interface=127.0.0.1").Listen(() => new FingerProtocol())
    .AddCallback(listening => Console.WriteLine($"Listening on port {listening.Host.Port}"));
reactor.Run();

class FingerProtocol : LineReceiver
{
    protected override void LineReceived(ReadOnlySpan<byte> user)
    {
        Transport.Write("No such user\r\n");
        Transport.LoseConnection();
    }
}
