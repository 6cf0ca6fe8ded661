using System.Buffers;
using System.Globalization;
using System.Text;

namespace Twisted.Logging;

/// <summary>Text as the bytes of a record, with what would harm the reader of a log escaped.</summary>
internal static class RecordText
{
    /// <summary>
    /// Control characters (of C0 and C1), which move cursors and fake lines, and those that turn the direction of
    /// writing, which fake words.
    /// </summary>
    private static readonly SearchValues<char> Harmful = SearchValues.Create([.. HarmfulCharacters()]);

    private static readonly SearchValues<char> HarmfulQuoted = SearchValues.Create(['"', '\\', .. HarmfulCharacters()]);

    internal static IEnumerable<char> HarmfulCharacters()
    {
        for (int c = 0; c <= char.MaxValue; c++)
        {
            bool isControl = c is < 0x20 or (>= 0x7F and < 0xA0) or 0x2028 or 0x2029 or 0xFEFF;
            bool isDirection = c is 0x061C or 0x200E or 0x200F or (>= 0x202A and <= 0x202E)
                or (>= 0x2066 and <= 0x2069);
            if (isControl || isDirection)
                yield return (char)c;
        }
    }

    internal static void Plain(this IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        if (text.Length > 0)
            Encoding.UTF8.GetBytes(text, output);
    }

    /// <summary>A line break becomes one with a tab, a tab stays, all else that is harmful is escaped.</summary>
    internal static void Indented(this IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        while (text.IndexOfAny(Harmful) is >= 0 and var at)
        {
            output.Plain(text[..at]);
            char c = text[at];
            text = text[(at + 1)..];
            if (c == '\r' && text is ['\n', ..])
                text = text[1..];
            if (c is '\r' or '\n' or '\u0085' or '\u2028' or '\u2029')
                output.Write("\n\t"u8);
            else if (c == '\t')
                output.Write("\t"u8);
            else
                output.Escape(c);
        }
        output.Plain(text);
    }

    /// <summary>On one line: nothing harmful is left, line breaks and tabs neither.</summary>
    internal static void OneLine(this IBufferWriter<byte> output, ReadOnlySpan<char> text) =>
        output.Escaped(text, Harmful);

    /// <summary>In quotes.</summary>
    internal static void Quoted(this IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        output.Escaped(text, HarmfulQuoted);
        output.Write("\""u8);
    }

    private static void Escaped(this IBufferWriter<byte> output, ReadOnlySpan<char> text, SearchValues<char> harmful)
    {
        while (text.IndexOfAny(harmful) is >= 0 and var at)
        {
            output.Plain(text[..at]);
            output.Escape(text[at]);
            text = text[(at + 1)..];
        }
        output.Plain(text);
    }

    private static void Escape(this IBufferWriter<byte> output, char c)
    {
        switch (c)
        {
            case '\n':
                output.Write("\\n"u8);
                break;
            case '\r':
                output.Write("\\r"u8);
                break;
            case '\t':
                output.Write("\\t"u8);
                break;
            case '"' or '\\':
                output.Plain(['\\', c]);
                break;
            default:
                string code = ((int)c).ToString(c < 0x100 ? "x2" : "x4", CultureInfo.InvariantCulture);
                output.Write(c < 0x100 ? "\\x"u8 : "\\u"u8);
                output.Plain(code);
                break;
        }
    }
}
