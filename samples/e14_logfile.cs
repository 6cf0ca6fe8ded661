#:project ../src/Twisted.Runtime
// A factory with something to open and to close: the log file of all its connections, on two ports.
//   dotnet run e14_logfile.cs FILE [PORT PORT]
using System.Net;
using System.Text;

var reactor = Reactor.Create();
int[] numbers = args is [_, var one, var two] ? [int.Parse(one), int.Parse(two)] : [8007, 8008];
var factory = new LogfileFactory(args[0]);
foreach (int number in numbers)
{
    IListeningPort port = reactor.ListenTcp(number, factory, "127.0.0.1");
    Console.WriteLine($"Listening on port {port.Host.Port}");
}
reactor.Run();

class LoggingProtocol(LogfileFactory factory) : LineReceiver
{
    protected override void LineReceived(ReadOnlySpan<byte> line) => factory.Log(Encoding.UTF8.GetString(line));
}

class LogfileFactory(string fileName) : Factory
{
    private StreamWriter? _file;

    public override IProtocol BuildProtocol(EndPoint peer) => new LoggingProtocol(this);

    public void Log(string line)
    {
        _file!.WriteLine(line);
        _file.Flush();
    }

    protected override void StartFactory()
    {
        _file = File.AppendText(fileName);
        Console.WriteLine("File opened.");
    }

    protected override void StopFactory()
    {
        _file?.Close();
        Console.WriteLine("File closed.");
    }
}
