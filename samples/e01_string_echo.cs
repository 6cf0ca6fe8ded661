#:project ../src/Twisted.Runtime
// The install check of the tutorial: strings with a length in front come back as strings.
//   dotnet run e01_string_echo.cs [PORT] [int32|netstring]
//   Netstrings can be typed:  printf '5:hello,' | nc -q1 127.0.0.1 1234
int number = args is [var given, ..] ? int.Parse(given) : 1234;
bool netstrings = args is [_, "netstring", ..];

var reactor = Reactor.Create();
var factory = Factory.For(() => netstrings ? new NetstringEcho() : new Int32Echo());
IListeningPort port = reactor.ListenTcp(number, factory, "127.0.0.1");
Console.WriteLine($"Listening on port {port.Host.Port}");
reactor.Run();

class Int32Echo : Int32StringReceiver
{
    protected override void StringReceived(ReadOnlySpan<byte> data) => SendString(data);
}

class NetstringEcho : NetstringReceiver
{
    protected override void StringReceived(ReadOnlySpan<byte> data) => SendString(data);
}
