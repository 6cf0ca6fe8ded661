using System.Text;
using System.Text.Unicode;

namespace Twisted.Words;

/// <summary>Text on IRC: UTF-8 where it is, something else where it is not.</summary>
/// <remarks>
/// The protocol names no encoding. Bytes that are not UTF-8 are nearly always an older one, so they are read by a
/// fallback, and never an error: one stranger's message must not end a connection (Twisted #9443).
/// </remarks>
public static class IrcEncoding
{
    /// <summary>Reads text.</summary>
    /// <param name="bytes">What came.</param>
    /// <param name="fallback">For what is not UTF-8; ISO 8859-1 unless given.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, Encoding? fallback = null) =>
        (Utf8.IsValid(bytes) ? Encoding.UTF8 : fallback ?? Encoding.Latin1).GetString(bytes);
}
