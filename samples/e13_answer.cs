#:project ../src/Twisted.Runtime
// Knows one answer.
//   dotnet run e13_answer.cs [PORT]     then:  telnet 127.0.0.1 8007, and ask: How are you?
using System.Text;

var reactor = Reactor.Create();
int number = args is [var given, ..] ? int.Parse(given) : 8007;
IListeningPort port = reactor.ListenTcp(number, () => new Answer(), "127.0.0.1");
Console.WriteLine($"Listening on port {port.Host.Port}");
reactor.Run();

class Answer : LineReceiver
{
    private static readonly Dictionary<string, string> Answers = new() { ["How are you?"] = "Fine" };

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        string question = Encoding.UTF8.GetString(line);
        SendLine(Answers.GetValueOrDefault(question, "I don't know what you mean"));
    }
}
