using System.Text;
using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>
/// Makes messages of the lines that are written to it. Twisted: <c>LoggingFile</c>, <c>StdioOnnaStick</c>.
/// </summary>
/// <param name="log">Gets the lines.</param>
/// <param name="level">At this level.</param>
/// <param name="inner">Gets what is written while a line is being logged: an observer that writes to it.</param>
internal sealed class LineLogWriter(ILogger log, LogLevel level, TextWriter inner) : TextWriter
{
    [ThreadStatic] private static bool _isLogging;

    private readonly Lock _gate = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (_isLogging)
        {
            inner.Write(buffer);
            return;
        }
        var lines = new List<string>();
        lock (_gate)
        {
            while (buffer.IndexOf('\n') is >= 0 and var end)
            {
                _line.Append(buffer[..end]);
                lines.Add(_line.ToString().TrimEnd('\r'));
                _line.Clear();
                buffer = buffer[(end + 1)..];
            }
            _line.Append(buffer);
            if (_line.Length >= Safely.MaxLength) // a program that never ends its line
            {
                lines.Add(_line.ToString());
                _line.Clear();
            }
        }
        _isLogging = true;
        try
        {
            foreach (string line in lines)
                LogText.Printed(log, level, line);
        }
        finally
        {
            _isLogging = false;
        }
    }
}
