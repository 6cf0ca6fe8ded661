using System.Text;

namespace Twisted.Words;

/// <summary>The tags of a message (IRCv3 message tags), read where they lie.</summary>
public readonly ref struct IrcTags
{
    private readonly ReadOnlySpan<byte> _tags;

    /// <summary>Reads tags.</summary>
    /// <param name="tags">As they are sent, without the at sign.</param>
    public IrcTags(ReadOnlySpan<byte> tags) => _tags = tags;

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _tags.IsEmpty;

    /// <summary>The bytes as they were sent, without the at sign.</summary>
    public ReadOnlySpan<byte> Raw => _tags;

    /// <summary>The value of a tag.</summary>
    /// <param name="key">Its name, with the vendor and the plus sign where it has them.</param>
    /// <returns>Unescaped; empty for a tag without a value; null when it is not there. The last one counts.</returns>
    public string? this[ReadOnlySpan<byte> key]
    {
        get
        {
            ReadOnlySpan<byte> rest = _tags;
            string? found = null;
            while (!rest.IsEmpty)
            {
                int end = rest.IndexOf((byte)';');
                ReadOnlySpan<byte> tag = end < 0 ? rest : rest[..end];
                rest = end < 0 ? default : rest[(end + 1)..];
                int equals = tag.IndexOf((byte)'=');
                if ((equals < 0 ? tag : tag[..equals]).SequenceEqual(key))
                    found = equals < 0 ? "" : Unescape(IrcEncoding.Decode(tag[(equals + 1)..]));
            }
            return found;
        }
    }

    /// <summary>Replaces what cannot stand in the value of a tag.</summary>
    /// <param name="value">Any text.</param>
    public static string Escape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.Replace("\\", @"\\", StringComparison.Ordinal).Replace(";", @"\:", StringComparison.Ordinal)
            .Replace(" ", @"\s", StringComparison.Ordinal).Replace("\r", @"\r", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal);
    }

    /// <summary>The way back; a backslash before any other character, or at the end, is dropped.</summary>
    /// <param name="value">As it was sent.</param>
    public static string Unescape(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!value.Contains('\\', StringComparison.Ordinal))
            return value;
        var text = new StringBuilder(value.Length);
        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\')
                text.Append(value[i]);
            else if (++i < value.Length)
                text.Append(value[i] switch { ':' => ';', 's' => ' ', 'r' => '\r', 'n' => '\n', var other => other });
        }
        return text.ToString();
    }
}
