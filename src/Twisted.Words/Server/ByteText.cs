using System.Text;

namespace Twisted.Words;

/// <summary>
/// Text inside the server: a string with a character for each byte, so that whatever a client sends leaves as it came.
/// </summary>
internal static class ByteText
{
    internal static string Of(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <summary>From real text: its UTF-8.</summary>
    internal static string FromText(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>To real text, for people and for the program.</summary>
    internal static string ToText(string bytes) => IrcEncoding.Decode(Encoding.Latin1.GetBytes(bytes));

    /// <summary>The beginning of a text, without half a character of UTF-8 at its end.</summary>
    internal static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> text, int most)
    {
        if (text.Length <= most)
            return text;
        int end = most;
        while (end > 0 && most - end < 4 && (text[end] & 0xC0) == 0x80) // a byte that goes on with a character
            end--;
        return text[..((text[end] & 0xC0) == 0x80 ? most : end)]; // it was not UTF-8
    }

    /// <summary>Whether it can stand in the middle of a message.</summary>
    internal static bool IsWord(string text) =>
        text is [not ':', ..] && !text.AsSpan().ContainsAnyInRange('\0', ' ');
}
