using System.Globalization;
using System.Net;
using System.Text;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>The traffic as text: a line for each event, with what is not printable escaped.</summary>
/// <remarks>
/// <code>
/// 12.345678 #1 connected 127.0.0.1:8007 to 127.0.0.1:51524
/// 12.345912 #1 received 7: hello\r\n
/// 12.346020 #1 sent 7: hello\r\n
/// 13.000451 #1 closed: Connection was closed cleanly.
/// </code>
/// Times are seconds of the reactor's clock.
/// </remarks>
/// <param name="output">Not closed here; flushed after each event.</param>
/// <param name="reactor">The clock.</param>
public sealed class TextTrafficLog(TextWriter output, IReactorTime reactor) : ITrafficLog
{
    /// <inheritdoc/>
    public void Connected(long connection, EndPoint host, EndPoint peer) =>
        Line(connection, $"connected {host} to {peer}");

    /// <inheritdoc/>
    public void Received(long connection, ReadOnlySpan<byte> data) =>
        Line(connection, $"received {data.Length}: {Escaped(data)}");

    /// <inheritdoc/>
    public void Sent(long connection, ReadOnlySpan<byte> data) =>
        Line(connection, $"sent {data.Length}: {Escaped(data)}");

    /// <inheritdoc/>
    public void Disconnected(long connection, Exception reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Line(connection, $"closed: {Escaped(Encoding.UTF8.GetBytes(reason.Message))}");
    }

    private void Line(long connection, string what)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{reactor.Now.TotalSeconds:F6} #{connection} {what}"));
        output.Flush();
    }

    private static string Escaped(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder(data.Length);
        foreach (byte b in data)
        {
            _ = b switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'\\' => text.Append("\\\\"),
                >= 0x20 and < 0x7F => text.Append((char)b),
                _ => text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}"),
            };
        }
        return text.ToString();
    }
}
