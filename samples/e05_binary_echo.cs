#:project ../src/Twisted.Runtime
// What the tutorial breaks off at: a binary echo that begins with a line. "SIZE n" announces n raw bytes, which come
// back as they are; then it is lines again. A wrong line is answered and costs the connection, nothing else.
//   dotnet run e05_binary_echo.cs [PORT]     then:  printf 'SIZE 5\r\n\0\1\2\3\4' | nc -q1 127.0.0.1 8080 | xxd
using System.Globalization;
using System.Text;

var reactor = Reactor.Create();
int number = args is [var given, ..] ? int.Parse(given) : 8080;
IListeningPort port = reactor.ListenTcp(number, () => new BinaryEcho(), "127.0.0.1");
Console.WriteLine($"Listening on port {port.Host.Port}");
reactor.Run();

class BinaryEcho : LineReceiver
{
    private const int Largest = 1_000_000;
    private int _left;

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        string[] words = Encoding.ASCII.GetString(line).Split(' ');
        if (words is ["SIZE", var size]
            && int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out _left)
            && _left is > 0 and <= Largest)
        {
            SetRawMode();
            return;
        }
        SendLine($"ERROR expected: SIZE 1 to {Largest}");
        Transport.LoseConnection();
    }

    protected override void RawDataReceived(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> mine = data[..Math.Min(_left, data.Length)];
        Transport.Write(mine);
        _left -= mine.Length;
        if (_left == 0)
            SetLineMode(data[mine.Length..]);
    }
}
