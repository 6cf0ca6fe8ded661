#:project ../../src/Twisted.Runtime
// Step 6: the answer is the factory's business.
using System.Net;

var reactor = Reactor.Create();
string port = args is [var given, ..] ? given : "1079";
Endpoints.Server(reactor, $"tcp:{port}:interface=127.0.0.1").Listen(new FingerFactory())
    .AddCallback(listening => Console.WriteLine($"Listening on port {listening.Host.Port}"));
reactor.Run();

class FingerProtocol(FingerFactory factory) : LineReceiver
{
    protected override void LineReceived(ReadOnlySpan<byte> user)
    {
        Transport.Write($"{factory.GetUser(user)}\r\n");
        Transport.LoseConnection();
    }
}

class FingerFactory : ServerFactory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new FingerProtocol(this);

    public string GetUser(ReadOnlySpan<byte> user) => "No such user";
}
