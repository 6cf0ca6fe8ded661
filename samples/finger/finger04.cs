#:project ../../src/Twisted.Runtime
// Step 4: reads one line, then closes.
var reactor = Reactor.Create();
string port = args is [var given, ..] ? given : "1079";
Endpoints.Server(reactor, $"tcp:{port}:interface=127.0.0.1").Listen(() => new FingerProtocol())
    .AddCallback(listening => Console.WriteLine($"Listening on port {listening.Host.Port}"));
reactor.Run();

class FingerProtocol : LineReceiver
{
    protected override void LineReceived(ReadOnlySpan<byte> user) => Transport.LoseConnection();
}
