using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Receives lines, and raw bytes where the protocol has them.</summary>
/// <remarks>
/// <para>
/// Lines end with <see cref="Delimiter"/>, CR LF unless overridden; <see cref="LineReceived"/> gets each without it.
/// <see cref="SetRawMode"/> passes bytes on uncut, the rest of the present chunk first, until
/// <see cref="SetLineMode"/>.
/// </para>
/// <para>
/// No line is handed out while the transport is disconnecting, nor while paused. A line longer than
/// <see cref="MaxLength"/> goes to <see cref="LineLengthExceeded"/>, which closes the connection. Twisted:
/// <c>twisted.protocols.basic.LineReceiver</c>.
/// </para>
/// </remarks>
public abstract class LineReceiver : FrameReceiver
{
    private bool _isRaw;

    /// <summary>What ends a line. Asked anew for each line, so it may change in mid-stream.</summary>
    protected virtual ReadOnlySpan<byte> Delimiter => "\r\n"u8;

    /// <summary>The longest line, in bytes without its delimiter. Asked anew for each line.</summary>
    protected virtual int MaxLength => 16384;

    /// <summary>A line has come.</summary>
    /// <param name="line">Without the delimiter; yours only until you return.</param>
    protected abstract void LineReceived(ReadOnlySpan<byte> line);

    /// <summary>Bytes have come in raw mode, in pieces of any size. Who sets that mode has to override it.</summary>
    /// <param name="data">Yours only until you return. Give what is not yours to <see cref="SetLineMode"/>.</param>
    protected virtual void RawDataReceived(ReadOnlySpan<byte> data) =>
        throw new NotSupportedException($"{GetType().Name} calls SetRawMode but does not override RawDataReceived.");

    /// <summary>A line is too long. Closes the connection unless overridden.</summary>
    /// <param name="line">
    /// Everything received from the beginning of that line on, maybe more than one line, maybe only the beginning of
    /// one. It is used up: an override that keeps the connection decides what to do with it.
    /// </param>
    protected virtual void LineLengthExceeded(ReadOnlySpan<byte> line) => Transport.LoseConnection();

    /// <summary>Passes everything from here on to <see cref="RawDataReceived"/>.</summary>
    public void SetRawMode() => _isRaw = true;

    /// <summary>Cuts lines from here on.</summary>
    /// <param name="extra">Bytes that belong to lines, for a RawDataReceived that was given too many.</param>
    public void SetLineMode(ReadOnlySpan<byte> extra = default)
    {
        _isRaw = false;
        if (!extra.IsEmpty)
            Feed(extra);
    }

    /// <summary>Takes out what was received and not handed out yet.</summary>
    /// <returns>Those bytes.</returns>
    protected byte[] ClearLineBuffer()
    {
        byte[] rest = Received.Unread.ToArray();
        Received.Clear();
        return rest;
    }

    /// <summary>Sends a line and the delimiter.</summary>
    /// <param name="line">The line, without the delimiter.</param>
    /// <exception cref="ArgumentException">
    /// There is a CR, an LF, a NUL or the delimiter in it, which the peer could take for another line. Nothing was
    /// written.
    /// </exception>
    public void SendLine(ReadOnlySpan<byte> line) => LineWriter.Write(Transport, line, Delimiter);

    /// <summary>Sends a line as UTF-8, and the delimiter.</summary>
    /// <param name="line">The line, without the delimiter.</param>
    /// <inheritdoc cref="SendLine(ReadOnlySpan{byte})"/>
    public void SendLine(string line) => LineWriter.Write(Transport, line, Delimiter);

    private protected override bool TryDispatch()
    {
        if (_isRaw)
        {
            RawDataReceived(Received.TakeAll());
            return true;
        }
        if (Transport.IsDisconnecting)
            return false;
        ReadOnlySpan<byte> delimiter = Delimiter;
        int length = Received.IndexOf(delimiter);
        if (length < 0 && Received.Length < (long)MaxLength + delimiter.Length)
            return false;
        if (length < 0 || length > MaxLength)
            LineLengthExceeded(Received.TakeAll());
        else
            LineReceived(Received.Take(length, skip: delimiter.Length));
        return true;
    }
}
