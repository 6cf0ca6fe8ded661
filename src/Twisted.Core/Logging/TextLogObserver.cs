using System.Text;

namespace Twisted.Logging;

/// <summary>
/// Writes events to a text writer, each at once. Twisted: <c>textFileLogObserver</c>, <c>FileLogObserver</c>,
/// <c>jsonFileLogObserver</c>.
/// </summary>
/// <remarks>
/// Any thread. It never throws: what the writer does not take, on a full disk for one, is counted, and told as soon as
/// it takes something again. For files see <c>LogFile</c>, which rotates.
/// </remarks>
public sealed class TextLogObserver : ILogObserver
{
    private readonly LogRecords _records;
    private readonly Func<TextWriter> _output;

    /// <summary>An observer.</summary>
    /// <param name="output">Not closed here; flushed after each event.</param>
    /// <param name="format">How; <see cref="LogFormat.Text"/> unless given.</param>
    public TextLogObserver(TextWriter output, LogFormat? format = null) : this(() => output, format) =>
        ArgumentNullException.ThrowIfNull(output);

    /// <summary>With a writer that is looked up for each event.</summary>
    internal TextLogObserver(Func<TextWriter> output, LogFormat? format = null)
    {
        _output = output;
        _records = new LogRecords(format ?? LogFormat.Text, Write);
    }

    /// <summary>How many events the writer did not take.</summary>
    public int Lost => _records.Lost;

    /// <inheritdoc/>
    public void Observe(LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        _records.Write(logEvent);
    }

    private void Write(ReadOnlySpan<byte> record)
    {
        TextWriter output = _output();
        output.Write(Encoding.UTF8.GetString(record)); // a string: many a writer takes characters one by one
        output.Flush();
    }
}
