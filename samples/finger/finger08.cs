#:project ../../src/Twisted.Runtime
// Step 8: the answer may take its time: GetUser gives a Deferred. A client that has sent its query and closed its side
// still gets its answer, because the protocol knows half close.
using System.Net;
using System.Text;

var reactor = Reactor.Create();
string port = args is [var given, ..] ? given : "1079";
var users = new Dictionary<string, string> { ["moshez"] = "Happy and well" };
Endpoints.Server(reactor, $"tcp:{port}:interface=127.0.0.1").Listen(new FingerFactory(users))
    .AddCallback(listening => Console.WriteLine($"Listening on port {listening.Host.Port}"));
reactor.Run();

class FingerProtocol(FingerFactory factory) : LineReceiver, IHalfCloseableProtocol
{
    private bool _asked;

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        _asked = true;
        factory.GetUser(Encoding.UTF8.GetString(line))
            .AddErrback(_ => "Internal error in server")
            .AddCallback(Answer);
    }

    public void ReadConnectionLost()
    {
        if (!_asked)
            Transport.LoseConnection();
    }

    public void WriteConnectionLost() { }

    private void Answer(string message)
    {
        Transport.Write($"{message}\r\n");
        Transport.LoseConnection();
    }
}

class FingerFactory(IReadOnlyDictionary<string, string> users) : ServerFactory
{
    public override IProtocol BuildProtocol(EndPoint peer) => new FingerProtocol(this);

    public Deferred<string> GetUser(string user) =>
        Deferred.Succeed(users.GetValueOrDefault(user, "No such user"));
}
