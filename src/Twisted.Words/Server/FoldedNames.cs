namespace Twisted.Words;

/// <summary>Compares nicknames and channels (RFC 1459's case mapping), also by the bytes of a message.</summary>
internal sealed class FoldedNames : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    private const int Hashed = 64; // no name is longer

    private FoldedNames() { }

    internal static FoldedNames Instance { get; } = new();

    /// <summary>The small letter of a byte.</summary>
    internal static byte Fold(int value) => (byte)IrcCaseMapping.Rfc1459.Fold((char)value);

    public bool Equals(string? x, string? y) => IrcCaseMapping.Rfc1459.Equals(x, y);

    public bool Equals(ReadOnlySpan<byte> alternate, string other)
    {
        if (alternate.Length != other.Length)
            return false;
        for (int i = 0; i < alternate.Length; i++)
        {
            if (Fold(alternate[i]) != Fold(other[i]))
                return false;
        }
        return true;
    }

    public int GetHashCode(string obj)
    {
        Span<byte> folded = stackalloc byte[Math.Min(obj.Length, Hashed)];
        for (int i = 0; i < folded.Length; i++)
            folded[i] = Fold(obj[i]);
        return Hash(folded);
    }

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        Span<byte> folded = stackalloc byte[Math.Min(alternate.Length, Hashed)];
        for (int i = 0; i < folded.Length; i++)
            folded[i] = Fold(alternate[i]);
        return Hash(folded);
    }

    public string Create(ReadOnlySpan<byte> alternate) => ByteText.Of(alternate);

    /// <summary>Seeded for each process: nobody can choose names that collide.</summary>
    private static int Hash(ReadOnlySpan<byte> folded)
    {
        var hash = new HashCode();
        hash.AddBytes(folded);
        return hash.ToHashCode();
    }
}
