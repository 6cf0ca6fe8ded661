using System.Buffers;
using System.Text;

namespace Twisted.Words;

/// <summary>Writes messages. What would not be read back as it was meant is refused before a byte is written.</summary>
public static class IrcMessageWriter
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n\0");

    /// <summary>Writes a message that a client sends, with its CR and LF.</summary>
    /// <inheritdoc cref="Write(IBufferWriter{byte}, string, string, string, ReadOnlySpan{string})"/>
    public static void Write(
        IBufferWriter<byte> destination, string command, params ReadOnlySpan<string> parameters) =>
        Write(destination, tags: "", prefix: "", command, parameters);

    /// <summary>Writes a message with its CR and LF.</summary>
    /// <param name="destination">Where to; a transport is one.</param>
    /// <param name="tags">As they are sent, escaped, without the at sign; empty for none.</param>
    /// <param name="prefix">Who sends it; empty to leave it out.</param>
    /// <param name="command">A word or three digits.</param>
    /// <param name="parameters">Only the last may be empty, hold blanks or begin with a colon.</param>
    /// <exception cref="ArgumentException">
    /// There is a CR, an LF or a NUL in it, or a blank where none may be, or it is longer than <see cref="IrcLimits"/>
    /// allow.
    /// </exception>
    public static void Write(
        IBufferWriter<byte> destination,
        string tags,
        string prefix,
        string command,
        params ReadOnlySpan<string> parameters)
    {
        ArgumentNullException.ThrowIfNull(destination);
        string line = Format(prefix, command, parameters);
        RefuseLineEnd(tags, nameof(tags));
        if (tags.Contains(' ', StringComparison.Ordinal))
            throw new ArgumentException("Tags cannot hold a blank. Escape their values with IrcTags.Escape.",
                nameof(tags));
        int tagLength = tags.Length == 0 ? 0 : Encoding.UTF8.GetByteCount(tags) + 2;
        RefuseLength(tagLength, IrcLimits.ServerTags, "The tags", nameof(tags));
        RefuseLength(Encoding.UTF8.GetByteCount(line) + 2, IrcLimits.Message, "The message", nameof(parameters));
        string whole = tags.Length == 0 ? $"{line}\r\n" : $"@{tags} {line}\r\n";
        Encoding.UTF8.GetBytes(whole, destination);
    }

    /// <summary>A message as text, without CR and LF; its length is not looked at.</summary>
    /// <inheritdoc cref="Write(IBufferWriter{byte}, string, string, string, ReadOnlySpan{string})"/>
    public static string Format(string prefix, string command, params ReadOnlySpan<string> parameters)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        var line = new StringBuilder();
        if (prefix.Length > 0)
            line.Append(':').Append(Word(prefix, nameof(prefix))).Append(' ');
        line.Append(Word(command, nameof(command)));
        for (int i = 0; i < parameters.Length; i++)
        {
            bool isLast = i == parameters.Length - 1;
            line.Append(' ');
            if (!isLast || (IsWord(parameters[i]) && !parameters[i].Contains(' ', StringComparison.Ordinal)))
                line.Append(Word(parameters[i], nameof(parameters)));
            else
                line.Append(':').Append(RefuseLineEnd(parameters[i], nameof(parameters)));
        }
        return line.ToString();
    }

    private static bool IsWord(string text) => text is [not ':', ..];

    private static string Word(string text, string name)
    {
        RefuseLineEnd(text, name);
        if (!IsWord(text) || text.Contains(' ', StringComparison.Ordinal) || (name == "command" && text[0] == '@'))
            throw new ArgumentException(
                $"'{text}' cannot stand in the middle of a message: it is empty, holds a blank or begins with a mark "
                + "that means something else. Only the last parameter may.", name);
        return text;
    }

    private static string RefuseLineEnd(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text, name);
        int at = text.AsSpan().IndexOfAny(LineEnds);
        if (at >= 0)
            throw new ArgumentException(
                $"A message cannot hold the byte 0x{(int)text[at]:x2} (at {at}): the peer could take it for its end.",
                name);
        return text;
    }

    private static void RefuseLength(int length, int limit, string what, string name)
    {
        if (length > limit)
            throw new ArgumentException(
                $"{what} would be {length} bytes; {limit} are the most. Split the text with IrcText.Split.", name);
    }
}
