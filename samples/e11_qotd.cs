#:project ../src/Twisted.Runtime
// Quote of the day (RFC 865), with a factory that knows the quote.
//   dotnet run e11_qotd.cs [PORT [QUOTE]]     then:  nc 127.0.0.1 8007
using System.Net;

var reactor = Reactor.Create();
int number = args is [var given, ..] ? int.Parse(given) : 8007;
var factory = args is [_, var quote, ..] ? new QotdFactory(quote) : new QotdFactory();
IListeningPort port = reactor.ListenTcp(number, factory, "127.0.0.1");
Console.WriteLine($"Listening on port {port.Host.Port}");
reactor.Run();

class Qotd(QotdFactory factory) : Protocol
{
    protected override void ConnectionMade()
    {
        Transport.Write($"{factory.Quote}\r\n");
        Transport.LoseConnection();
    }
}

class QotdFactory(string quote = "An apple a day keeps the doctor away") : ServerFactory
{
    public string Quote => quote;

    public override IProtocol BuildProtocol(EndPoint peer) => new Qotd(this);
}
