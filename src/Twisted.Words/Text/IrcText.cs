using System.Text;

namespace Twisted.Words;

/// <summary>Cuts text into pieces that fit into messages.</summary>
public static class IrcText
{
    /// <summary>The fewest bytes that a piece may have: the longest character of UTF-8.</summary>
    public const int LeastLength = 4;

    /// <summary>Cuts text at its line ends, then at blanks, and long words where they must be.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxBytes">The longest piece, in bytes of UTF-8; <see cref="LeastLength"/> or more.</param>
    /// <returns>
    /// The pieces: no line without anything but blanks, no blank where two pieces were cut apart. Blanks inside are
    /// kept.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">No character is sure to fit.</exception>
    public static IReadOnlyList<string> Split(string text, int maxBytes)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBytes, LeastLength);
        var pieces = new List<string>();
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> rest = line.TrimEnd(' ');
            while (!rest.IsEmpty)
            {
                int end = Fitting(rest, maxBytes);
                int start = end;
                if (end < rest.Length && rest[end] != ' ' && rest[..end].LastIndexOf(' ') is var blank and > 0
                    && !rest[..blank].IsWhiteSpace())
                    (end, start) = (blank, blank + 1);
                if (!rest[..end].IsWhiteSpace())
                    pieces.Add(rest[..end].TrimEnd(' ').ToString());
                rest = rest[start..];
                if (pieces.Count > 0 && start > 0)
                    rest = rest.TrimStart(' ');
            }
        }
        return pieces;
    }

    /// <summary>How many characters fit, never half of one.</summary>
    private static int Fitting(ReadOnlySpan<char> text, int maxBytes)
    {
        int bytes = 0;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > maxBytes)
                break;
            length += rune.Utf16SequenceLength;
        }
        return length;
    }
}
