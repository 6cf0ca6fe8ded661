using System.Text;

namespace Twisted.Words;

public abstract partial class IrcClient
{
    private const int MostWaitingLines = 10_000;

    private readonly Queue<string> _waiting = new();
    private IDelayedCall? _nextLine;

    /// <summary>
    /// The time between two lines, the first goes at once; null, as usual, for no limit. Needs a clock. Twisted:
    /// <c>lineRate</c>, in seconds.
    /// </summary>
    protected virtual TimeSpan? LineRate => null;

    /// <summary>How many lines wait for their time.</summary>
    public int WaitingLines => _waiting.Count;

    /// <summary>Sends a line as it is, at its time.</summary>
    /// <param name="line">Without its line end.</param>
    /// <exception cref="ArgumentException">There is a CR, an LF or a NUL in it, or it is too long.</exception>
    /// <exception cref="QueueOverflowException">10,000 lines wait already.</exception>
    public new void SendLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        int at = line.AsSpan().IndexOfAny('\r', '\n', '\0');
        if (at >= 0)
            throw new ArgumentException(
                $"A line cannot hold the byte 0x{(int)line[at]:x2} (at {at}): the server would read two lines.",
                nameof(line));
        string quoted = line.Contains('\x10', StringComparison.Ordinal) ? IrcCtcp.LowQuote(line) : line;
        int length = Encoding.UTF8.GetByteCount(quoted) + 2;
        int limit = IrcLimits.Message + (quoted is ['@', ..] ? IrcLimits.ClientTags : 0);
        if (length > limit)
            throw new ArgumentException(
                $"The line would be {length} bytes; {limit} are the most. Msg and Notice split text by themselves.",
                nameof(line));
        if (LineRate is null || Clock is null)
            SendNow(quoted);
        else if (_nextLine is null)
            SendAndWait(quoted);
        else if (_waiting.Count < MostWaitingLines)
            _waiting.Enqueue(quoted);
        else
            throw new QueueOverflowException(
                $"{_waiting.Count} lines wait to be sent, one in {LineRate}. Send less, or raise LineRate.");
    }

    /// <inheritdoc cref="SendLine(string)"/>
    public new void SendLine(ReadOnlySpan<byte> line) => SendLine(IrcEncoding.Decode(line));

    /// <summary>Sends a command with its parameters, at its time. Only the last may be empty or hold blanks.</summary>
    /// <param name="command">A word.</param>
    /// <param name="parameters">What follows.</param>
    /// <exception cref="ArgumentException">The server would read something else, or it is too long.</exception>
    /// <exception cref="QueueOverflowException">10,000 lines wait already.</exception>
    public void SendCommand(string command, params ReadOnlySpan<string> parameters) =>
        SendLine(IrcMessageWriter.Format(prefix: "", command, parameters));

    /// <summary>What keeps the connection alive does not wait behind what is said.</summary>
    private void SendUrgently(string command, params ReadOnlySpan<string> parameters)
    {
        string line = IrcMessageWriter.Format(prefix: "", command, parameters);
        if (Encoding.UTF8.GetByteCount(line) + 2 <= IrcLimits.Message)
            SendNow(line);
    }

    private void SendNow(string line)
    {
        int length = Encoding.UTF8.GetByteCount(line);
        Span<byte> place = Transport.GetSpan(length + 2);
        Encoding.UTF8.GetBytes(line, place);
        "\r\n"u8.CopyTo(place[length..]);
        Transport.Advance(length + 2);
    }

    private void SendAndWait(string line)
    {
        SendNow(line);
        _nextLine = Clock!.CallLater(LineRate ?? TimeSpan.Zero, static client => client.SendNext(), this);
    }

    private void SendNext()
    {
        _nextLine = null;
        if (_waiting.TryDequeue(out string? line))
            SendAndWait(line);
    }

    private void StopSending()
    {
        _nextLine?.Cancel();
        _nextLine = null;
        _waiting.Clear();
    }
}
