using System.Buffers;

namespace Twisted.Logging;

/// <summary>How an event is written: a record of bytes, UTF-8, with its line break.</summary>
/// <remarks>
/// Any thread. The formats of this library never throw, write one line that no value of an event can break or forge,
/// and cut what is longer than 16,384 characters.
/// </remarks>
public abstract class LogFormat
{
    /// <summary>
    /// Twisted's: <c>2026-11-21T14:04:27+0100 [Chat#warn] message</c>. Further lines of a message begin with a tab; a
    /// connection stands after the category; control characters are escaped. Twisted: <c>textFileLogObserver</c>.
    /// </summary>
    public static LogFormat Text { get; } = new TextLogFormat();

    /// <summary>An object of JSON on a line of its own. Twisted: <c>jsonFileLogObserver</c>.</summary>
    public static LogFormat Json { get; } = new JsonLogFormat();

    /// <summary><c>time=... level=warn logger=Chat msg="two words" Name=value</c>.</summary>
    public static LogFormat Logfmt { get; } = new LogfmtLogFormat();

    /// <summary>Writes a record.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="output">Where to.</param>
    public abstract void Write(LogEvent logEvent, IBufferWriter<byte> output);
}
