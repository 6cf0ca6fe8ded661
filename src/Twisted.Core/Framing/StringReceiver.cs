using System.Text;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Receives and sends strings of bytes whose length is sent before them.</summary>
/// <remarks>
/// Derive from <see cref="Int32StringReceiver"/>, <see cref="Int16StringReceiver"/>, <see cref="Int8StringReceiver"/>
/// or <see cref="NetstringReceiver"/>: they differ only in how the length is written. As in Twisted, strings of a chunk
/// are handed out to its end even when one of them makes the connection close. Reactor thread only.
/// </remarks>
public abstract class StringReceiver : FrameReceiver
{
    // "2147483647:" is the longest prefix that any of the framings writes.
    private const int LongestPrefix = 11;

    private protected StringReceiver() { }

    /// <summary>The longest string that is accepted, in bytes. Asked anew for each string.</summary>
    protected virtual int MaxLength => 99_999;

    /// <summary>A string has come.</summary>
    /// <param name="data">Without length and terminator; yours only until you return.</param>
    protected abstract void StringReceived(ReadOnlySpan<byte> data);

    /// <summary>The peer announces a string that is too long. Closes the connection unless overridden.</summary>
    /// <remarks>
    /// Before an IntN string, an override may raise the limit: then the string is received. Otherwise nothing more is,
    /// because where the next string begins is not known. After a netstring the connection is closed in any case.
    /// </remarks>
    /// <param name="length">The announced length in bytes, or as much of it as has come.</param>
    protected virtual void LengthLimitExceeded(long length) => Transport.LoseConnection();

    /// <summary>Sends one string.</summary>
    /// <param name="data">Its bytes.</param>
    /// <exception cref="ArgumentException">Its length does not fit the prefix. Nothing was written.</exception>
    public void SendString(ReadOnlySpan<byte> data)
    {
        Span<byte> frame = Frame(data.Length, out int start);
        data.CopyTo(frame[start..]);
        Transport.Advance(frame.Length);
    }

    /// <summary>Sends one string: the text as UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <inheritdoc cref="SendString(ReadOnlySpan{byte})"/>
    public void SendString(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Span<byte> frame = Frame(Encoding.UTF8.GetByteCount(text), out int start);
        Encoding.UTF8.GetBytes(text, frame[start..]);
        Transport.Advance(frame.Length);
    }

    /// <summary>What follows each string.</summary>
    private protected virtual ReadOnlySpan<byte> Terminator => default;

    /// <summary>Writes the prefix of a string, or refuses the string.</summary>
    /// <returns>The bytes of the prefix.</returns>
    private protected abstract int FormatPrefix(int length, Span<byte> prefix);

    /// <summary>A place in the transport's buffer with everything in it but the string.</summary>
    private Span<byte> Frame(int length, out int start)
    {
        Span<byte> prefix = stackalloc byte[LongestPrefix];
        start = FormatPrefix(length, prefix);
        ReadOnlySpan<byte> terminator = Terminator;
        int size = checked(start + length + terminator.Length);
        Span<byte> frame = Transport.GetSpan(size)[..size];
        prefix[..start].CopyTo(frame);
        terminator.CopyTo(frame[(start + length)..]);
        return frame;
    }
}
