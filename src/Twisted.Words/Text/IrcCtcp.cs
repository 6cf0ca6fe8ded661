using System.Text;

namespace Twisted.Words;

/// <summary>The client-to-client protocol: queries and replies inside messages, between 0x01 bytes.</summary>
public static class IrcCtcp
{
    private const char Delimiter = '\x01';
    private const char Quote = '\x10';
    private const int MostQueries = 16;

    /// <summary>Takes the queries out of a message.</summary>
    /// <param name="message">The text of a PRIVMSG or a NOTICE.</param>
    /// <param name="queries">Their tags and what follows them, the first 16; empty when there are none.</param>
    /// <returns>What is left of the text.</returns>
    public static string Extract(string message, out IReadOnlyList<(string Tag, string? Data)> queries)
    {
        ArgumentNullException.ThrowIfNull(message);
        queries = [];
        if (!message.Contains(Delimiter, StringComparison.Ordinal))
            return message;
        var found = new List<(string, string?)>();
        var text = new StringBuilder();
        string[] parts = message.Split(Delimiter);
        for (int i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0)
                text.Append(parts[i]);
            else if (parts[i].Length > 0 && found.Count < MostQueries)
                found.Add(Cut(Dequote(parts[i])));
        }
        queries = found;
        return text.ToString();
    }

    /// <summary>A query or a reply as it stands in a message.</summary>
    /// <param name="tag">One word.</param>
    /// <param name="data">What follows it, if anything.</param>
    /// <exception cref="ArgumentException">The tag is empty or holds a blank.</exception>
    public static string Format(string tag, string? data = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        if (tag.Contains(' ', StringComparison.Ordinal))
            throw new ArgumentException($"The tag '{tag}' holds a blank: what follows the blank is data.", nameof(tag));
        string inner = data is null ? tag : $"{tag} {data}";
        return Delimiter + inner.Replace("\\", @"\\", StringComparison.Ordinal)
            .Replace("\u0001", @"\a", StringComparison.Ordinal) + Delimiter;
    }

    /// <summary>Writes line ends and NULs so that they can stand in a message. Twisted: <c>lowQuote</c>.</summary>
    /// <param name="text">Any text.</param>
    public static string LowQuote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Replace("\u0010", "\u0010\u0010", StringComparison.Ordinal)
            .Replace("\0", "\u00100", StringComparison.Ordinal).Replace("\n", "\u0010n", StringComparison.Ordinal)
            .Replace("\r", "\u0010r", StringComparison.Ordinal);
    }

    /// <summary>The way back. Twisted: <c>lowDequote</c>.</summary>
    /// <param name="text">What came.</param>
    public static string LowDequote(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Unquote(text, Quote, static c => c switch { '0' => '\0', 'n' => '\n', 'r' => '\r', _ => c });
    }

    private static (string, string?) Cut(string query)
    {
        int blank = query.IndexOf(' ', StringComparison.Ordinal);
        return blank < 0 ? (query, null) : (query[..blank], query[(blank + 1)..]);
    }

    private static string Dequote(string text) => Unquote(text, '\\', static c => c == 'a' ? Delimiter : c);

    /// <summary>Takes the quotes away; one at the end has nothing behind it and goes too.</summary>
    private static string Unquote(string text, char quote, Func<char, char> meaning)
    {
        if (!text.Contains(quote, StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != quote)
                plain.Append(text[i]);
            else if (++i < text.Length)
                plain.Append(meaning(text[i]));
        }
        return plain.ToString();
    }
}
