using System.Buffers;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Receives lines and nothing else: no raw mode, no pause.</summary>
/// <remarks>
/// <para>
/// Each chunk is cut with the delimiter that holds at its beginning. Two habits of Twisted's class are kept. A line is
/// refused as soon as more than <see cref="MaxLength"/> bytes of it are there, the first half of a delimiter counted
/// in. And bytes fed from inside a callback join the unfinished line at the chunk's end and are cut at once, before the
/// chunk's own remaining lines. <see cref="LineReceiver"/> has neither.
/// </para>
/// <para>Reactor thread only. Twisted: <c>twisted.protocols.basic.LineOnlyReceiver</c>.</para>
/// </remarks>
public abstract class LineOnlyReceiver : Protocol
{
    private bool _isCutting;

    /// <summary>What ends a line; not empty. Asked anew for each chunk.</summary>
    protected virtual ReadOnlySpan<byte> Delimiter => "\r\n"u8;

    /// <summary>The longest line, in bytes without its delimiter. Asked anew for each line.</summary>
    protected virtual int MaxLength => 16384;

    private protected ReceiveBuffer Partial { get; } = new();

    /// <summary>A line has come.</summary>
    /// <param name="line">Without the delimiter; yours only until you return.</param>
    protected abstract void LineReceived(ReadOnlySpan<byte> line);

    /// <summary>A line is too long. Closes the connection unless overridden; the line is used up.</summary>
    /// <param name="line">The line, or as much of it as has come. Yours only until you return.</param>
    protected virtual void LineLengthExceeded(ReadOnlySpan<byte> line) => Transport.LoseConnection();

    /// <inheritdoc cref="LineReceiver.SendLine(ReadOnlySpan{byte})"/>
    public void SendLine(ReadOnlySpan<byte> line) => LineWriter.Write(Transport, line, Delimiter);

    /// <inheritdoc cref="LineReceiver.SendLine(string)"/>
    public void SendLine(string line) => LineWriter.Write(Transport, line, Delimiter);

    /// <summary>Cuts and hands out. An override calls this one.</summary>
    /// <param name="data">The next bytes.</param>
    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        bool isInside = _isCutting;
        _isCutting = true;
        try
        {
            Cut(data);
        }
        finally
        {
            _isCutting = isInside;
            if (!isInside && Transport.IsDisconnecting)
                Partial.Clear(); // no line will come of it, and the end of the connection may be long in coming
        }
    }

    /// <summary>Drops what was received of an unfinished line. An override calls this one.</summary>
    /// <param name="reason">Why the connection is gone.</param>
    protected override void ConnectionLost(Exception reason) => Partial.Clear();

    private void Cut(ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<byte> delimiter = Delimiter;
        if (delimiter.IsEmpty)
            throw new InvalidOperationException($"{GetType().Name}.Delimiter is empty: no line could ever end.");
        byte[]? array = null;
        ReadOnlySpan<byte> stream = data;
        if (!Partial.IsEmpty)
        {
            Partial.Append(data);
            if (Partial.IndexOf(delimiter) < 0)
            {
                RefuseLongPartial();
                return;
            }
            array = Partial.Detach(out stream);
        }
        try
        {
            int complete = EndOfLastLine(stream, delimiter);
            Partial.Append(stream[complete..]); // first: a callback may feed bytes that go on from there
            if (DispatchLines(stream[..complete], delimiter))
                RefuseLongPartial();
        }
        finally
        {
            if (array is not null)
                ArrayPool<byte>.Shared.Return(array);
        }
    }

    /// <summary>From the left, as a stream is cut: "aaa" cut by "aa" leaves "a".</summary>
    private static int EndOfLastLine(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> delimiter)
    {
        int end = 0;
        while (ReceiveBuffer.Find(stream, delimiter, end) is var start and >= 0)
            end = start + delimiter.Length;
        return end;
    }

    /// <returns>Whether it came to the end.</returns>
    private bool DispatchLines(ReadOnlySpan<byte> lines, ReadOnlySpan<byte> delimiter)
    {
        while (!lines.IsEmpty)
        {
            if (Transport.IsDisconnecting || !IsConnected)
                return false;
            int length = ReceiveBuffer.Find(lines, delimiter);
            ReadOnlySpan<byte> line = lines[..length];
            lines = lines[(length + delimiter.Length)..];
            if (length > MaxLength)
            {
                LineLengthExceeded(line);
                return false;
            }
            LineReceived(line);
        }
        return true;
    }

    private void RefuseLongPartial()
    {
        if (!IsConnected || Partial.Length <= MaxLength)
            return;
        LineLengthExceeded(Partial.Unread.ToArray()); // a copy: the callback may feed bytes
        if (!Transport.IsDisconnecting)
            Partial.Clear();
    }
}
