namespace Twisted.Protocols;

/// <summary>Strings with their length before them as a big-endian unsigned integer of one, two or four bytes.</summary>
/// <remarks>
/// A length over the limit is known before the string comes, so nothing is reserved for it. Twisted:
/// <c>twisted.protocols.basic.IntNStringReceiver</c>.
/// </remarks>
public abstract class IntNStringReceiver : StringReceiver
{
    private readonly int _prefixLength;

    private protected IntNStringReceiver(int prefixLength) => _prefixLength = prefixLength;

    private protected override bool TryDispatch()
    {
        if (Received.Length < _prefixLength)
            return false;
        long length = ReadPrefix();
        if (length > MaxLength)
        {
            LengthLimitExceeded(length);
            if (length <= MaxLength)
                return true;
            GiveUp();
            return false;
        }
        if (Received.Length - _prefixLength < length)
            return false;
        Received.Take(_prefixLength);
        StringReceived(Received.Take((int)length));
        return true;
    }

    private protected override int FormatPrefix(int length, Span<byte> prefix)
    {
        long limit = (1L << (8 * _prefixLength)) - 1;
        if (length > limit)
            throw new ArgumentException(
                $"A string of {length} bytes does not fit: its length is sent in {_prefixLength} byte(s), so the limit "
                + $"is {limit} bytes.");
        for (int i = 0; i < _prefixLength; i++)
            prefix[i] = (byte)(length >> (8 * (_prefixLength - 1 - i)));
        return _prefixLength;
    }

    private long ReadPrefix()
    {
        long length = 0;
        foreach (byte b in Received.Unread[.._prefixLength])
            length = (length << 8) | b;
        return length;
    }
}
