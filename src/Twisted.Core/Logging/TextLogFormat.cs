using System.Buffers;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>Lines as Twisted writes them; one that begins with a time is always a new message.</summary>
internal sealed class TextLogFormat : LogFormat
{
    public override void Write(LogEvent logEvent, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        ArgumentNullException.ThrowIfNull(output);
        WriteTime(logEvent.Time, output);
        output.Write(" ["u8);
        output.OneLine(logEvent.Category);
        if (logEvent.Level >= LogLevel.Warning)
        {
            output.Write("#"u8);
            output.Plain(LogNames.Of(logEvent.Level));
        }
        foreach (object scope in logEvent.Scopes)
        {
            if (scope is ConnectionScope connection)
                output.OneLine($",{connection.Id},{connection.Peer}");
        }
        output.Write("] "u8);
        output.Indented(Safely.Cut(logEvent.Message));
        if (logEvent.Exception is { } failure)
        {
            output.Write("\n\t"u8);
            output.Indented(Safely.Text(failure));
        }
        output.Write("\n"u8);
    }

    /// <summary>With a zone without colon, as Twisted: 2026-11-21T14:04:27+0100.</summary>
    private static void WriteTime(DateTimeOffset time, IBufferWriter<byte> output)
    {
        const int most = 32;
        Span<byte> text = output.GetSpan(most);
        time.TryFormat(text, out int length, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        text[(length - 2)..length].CopyTo(text[(length - 3)..]); // over the colon
        output.Advance(length - 1);
    }
}
