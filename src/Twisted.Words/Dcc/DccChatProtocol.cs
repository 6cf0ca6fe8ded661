namespace Twisted.Words;

/// <summary>One side of a DCC conversation: lines of text. Twisted: <c>DccChat</c>.</summary>
/// <remarks>
/// Lines end with LF, and a CR before it is dropped; ours end with CR LF. A line longer than <c>MaxLength</c> ends the
/// conversation, and so does an hour in which nobody says anything. Reactor thread only.
/// </remarks>
public abstract class DccChatProtocol : LineReceiver
{
    /// <summary>The longest line that is read, in bytes. 4096 unless overridden.</summary>
    protected override int MaxLength => 4096;

    /// <summary>What ends a line that comes in.</summary>
    protected override ReadOnlySpan<byte> Delimiter => "\n"u8;

    /// <summary>The other side has said something.</summary>
    /// <param name="text">A line, without its end.</param>
    protected abstract void MessageReceived(string text);

    /// <summary>Says something: a line for each line of the text that is not empty.</summary>
    /// <param name="text">Any text.</param>
    /// <exception cref="ArgumentException">There is a NUL in it.</exception>
    public void Say(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A message cannot hold a NUL.", nameof(text));
        foreach (string line in text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
            Transport.Write(line + "\r\n");
    }

    /// <inheritdoc/>
    protected sealed override void LineReceived(ReadOnlySpan<byte> line) =>
        MessageReceived(IrcEncoding.Decode(line is [.., (byte)'\r'] ? line[..^1] : line));
}
