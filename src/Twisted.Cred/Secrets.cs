using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Twisted.Cred;

/// <summary>Comparisons that take the same time wherever the first difference is.</summary>
internal static class Secrets
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Whether two texts are equal. Hashing hides their lengths, as far as they fit one block.</summary>
    internal static bool AreEqual(string left, string right)
    {
        Span<byte> leftHash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Span<byte> rightHash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(Key, MemoryMarshal.AsBytes(left.AsSpan()), leftHash);
        HMACSHA256.HashData(Key, MemoryMarshal.AsBytes(right.AsSpan()), rightHash);
        return CryptographicOperations.FixedTimeEquals(leftHash, rightHash);
    }
}
