#:project ../../src/Twisted.Runtime
// Step 7: the factory knows users.
using System.Net;
using System.Text;

var reactor = Reactor.Create();
string port = args is [var given, ..] ? given : "1079";
var users = new Dictionary<string, string> { ["moshez"] = "Happy and well" };
Endpoints.Server(reactor, $"tcp:{port}:interface=127.0.0.1").Listen(new FingerFactory(users))
    .AddCallback(listening => Console.WriteLine($"Listening on port {listening.Host.Port}"));
reactor.Run();

class FingerProtocol(FingerFactory factory) : LineReceiver
{
    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        string user = Encoding.UTF8.GetString(line);
        Transport.Write($"{factory.GetUser(user)}\r\n");
        Transport.LoseConnection();
    }
}

class FingerFactory(IReadOnlyDictionary<string, string> users) : ServerFactory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new FingerProtocol(this);

    public string GetUser(string user) => users.GetValueOrDefault(user, "No such user");
}
