#:project ../src/Twisted.Runtime
// A LineReceiver: greets, then returns each line.
//   dotnet run e04_line_echo.cs [PORT]     then:  telnet 127.0.0.1 8080
var reactor = Reactor.Create();
int number = args is [var given, ..] ? int.Parse(given) : 8080;
IListeningPort port = reactor.ListenTcp(number, () => new LineEcho(), "127.0.0.1");
Console.WriteLine($"Listening on port {port.Host.Port}");
reactor.Run();

class LineEcho : LineReceiver
{
    protected override void ConnectionMade() => SendLine("Hello, I am an echo server.");

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        // SendLine refuses what the other side could take for another line, and a client may send such bytes.
        if (line.ContainsAny("\r\n\0"u8))
            SendLine("That is not a line.");
        else
            SendLine(line);
    }
}
