using System.Text;

namespace Twisted.Daemon;

/// <summary>
/// Keeps the log back until the server listens: a start that fails says one line to standard error, and nothing else.
/// </summary>
/// <param name="output">Where it goes then.</param>
internal sealed class HeldOutput(TextWriter output) : TextWriter
{
    private readonly Lock _gate = new(); // any thread logs
    private StringBuilder? _held = new();

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => Write(value.ToString());

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(string? value)
    {
        lock (_gate)
        {
            if (_held is null)
                output.Write(value);
            else
                _held.Append(value);
        }
    }

    public override void Flush()
    {
        lock (_gate)
        {
            if (_held is null)
                output.Flush();
        }
    }

    /// <summary>Writes what was kept back, and from now on everything at once.</summary>
    internal void Release()
    {
        lock (_gate)
        {
            output.Write(_held);
            _held = null;
        }
    }
}
