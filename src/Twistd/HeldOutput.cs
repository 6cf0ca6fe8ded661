using System.Text;

namespace Twisted.Daemon;

/// <summary>
/// Keeps the log back until the server listens: a start that fails says one line to standard error, and nothing else.
/// </summary>
internal sealed class HeldOutput : TextWriter
{
    private readonly Lock _gate = new(); // any thread logs
    private readonly StringBuilder _held = new();
    private TextWriter? _output;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(string? value)
    {
        lock (_gate)
        {
            if (_output is null)
                _held.Append(value);
            else
                _output.Write(value);
        }
    }

    public override void Flush()
    {
        lock (_gate)
            _output?.Flush();
    }

    /// <summary>Writes what was kept back, and from now on everything at once.</summary>
    /// <param name="output">Where to.</param>
    internal void Release(TextWriter output)
    {
        lock (_gate)
        {
            _output = output; // whatever happens: what is held only grows
            string held = _held.ToString();
            _held.Clear();
            try
            {
                output.Write(held);
            }
            catch (IOException)
            {
                // A log that cannot be written, on a full disk for one, is no reason not to serve.
            }
        }
    }
}
