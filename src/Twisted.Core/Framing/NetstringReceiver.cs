using System.Buffers.Text;

namespace Twisted.Protocols;

/// <summary>Netstrings: <c>5:hello,</c>.</summary>
/// <remarks>
/// The length is decimal, without leading zeros. Whatever is not a netstring, or longer than <c>MaxLength</c>, sets
/// <see cref="BrokenPeer"/> and closes the connection; no exception comes out and nothing more is received. Twisted:
/// <c>twisted.protocols.basic.NetstringReceiver</c>.
/// </remarks>
public abstract class NetstringReceiver : StringReceiver
{
    private const int NotKnown = -1;

    private int _length = NotKnown; // of the string that is coming, once its prefix is there and accepted

    /// <summary>Whether the peer has sent what is not a netstring.</summary>
    public bool BrokenPeer { get; private set; }

    private protected override ReadOnlySpan<byte> Terminator => ","u8;

    private protected override bool TryDispatch()
    {
        if (_length == NotKnown && !TryTakePrefix())
            return false;
        if (Received.Length <= _length) // the comma comes after it
            return false;
        ReadOnlySpan<byte> data = Received.Take(_length + 1);
        _length = NotKnown;
        if (data[^1] != ',')
            return Break();
        StringReceived(data[..^1]);
        return true;
    }

    private protected override int FormatPrefix(int length, Span<byte> prefix)
    {
        Utf8Formatter.TryFormat(length, prefix, out int digits);
        prefix[digits] = (byte)':';
        return digits + 1;
    }

    /// <returns>Whether the length is known now; false: more bytes are needed, or the peer is broken.</returns>
    private bool TryTakePrefix()
    {
        ReadOnlySpan<byte> unread = Received.Unread;
        if (unread.IsEmpty)
            return false;
        int digits = 0;
        long length = 0;
        for (; digits < unread.Length && char.IsAsciiDigit((char)unread[digits]); digits++)
            length = Math.Min(length * 10 + unread[digits] - '0', int.MaxValue + 1L);
        bool isWhole = digits < unread.Length && unread[digits] == ':';
        if (digits == 0 || (unread[0] == '0' && digits > 1) || !(isWhole || MayGoOn(unread[digits..])))
            return Break();
        if (MaxLength < 1)
            throw new InvalidOperationException($"{GetType().Name}.MaxLength is {MaxLength}: it has to be at least 1.");
        if (length > MaxLength)
        {
            LengthLimitExceeded(length);
            return Break();
        }
        if (!isWhole)
            return false;
        Received.Take(digits + 1);
        _length = (int)length;
        return true;
    }

    /// <summary>
    /// Whether a number may be unfinished when this follows it. Twisted's pattern ends with Python's <c>$</c>, which
    /// also stands before a last line feed: "12\n" is refused one byte later only, and our answers are held to its own.
    /// </summary>
    private static bool MayGoOn(ReadOnlySpan<byte> rest) => rest is [] or [(byte)'\n'];

    private bool Break()
    {
        BrokenPeer = true;
        GiveUp();
        Transport.LoseConnection();
        return false;
    }
}
