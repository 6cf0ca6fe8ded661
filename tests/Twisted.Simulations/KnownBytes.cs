namespace Twisted.Simulations;

/// <summary>Bytes that both ends know, each place another: what is lost, doubled or moved is seen.</summary>
internal static class KnownBytes
{
    internal static byte At(long place) => (byte)((place * 7) ^ (place >> 8) ^ (place >> 15));

    internal static byte[] Make(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
            bytes[i] = At(i);
        return bytes;
    }

    /// <summary>Whether these are the bytes from a place on.</summary>
    internal static bool Are(ReadOnlySpan<byte> data, long place)
    {
        foreach (byte one in data)
        {
            if (one != At(place++))
                return false;
        }
        return true;
    }
}
