using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Twisted.Quotes;

/// <summary>A file of quotes, separated by lines that are just <c>%</c>, as <c>fortune</c> has them.</summary>
public static class FortuneFile
{
    private const string Separator = "%";

    /// <summary>How long a file may be, in bytes: 16 MiB, far more than the longest that there are.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The quotes, one or more, their lines separated by <c>\n</c>; empty ones are left out.</returns>
    /// <exception cref="FormatException">
    /// It has no quote in it, is longer than <see cref="MaxLength"/>, or is no text in UTF-8.
    /// </exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or is a folder.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var content = new MemoryStream();
        using (FileStream file = File.OpenRead(path))
        {
            byte[] buffer = new byte[64 * 1024]; // a file that grows, or a device, tells no length
            for (int read; (read = file.Read(buffer)) > 0;)
            {
                if (content.Length + read > MaxLength)
                    throw new FormatException($"{path} is longer than {MaxLength} bytes. Split it into several.");
                content.Write(buffer, 0, read);
            }
        }
        return Parse(path, content.GetBuffer().AsSpan(0, (int)content.Length));
    }

    /// <summary>Takes the content of a file apart.</summary>
    /// <param name="name">What to call it when it is no such file.</param>
    /// <param name="content">The bytes.</param>
    /// <returns>The quotes, as <see cref="Read"/> gives them.</returns>
    /// <exception cref="FormatException">There is no quote in it, or it is no text in UTF-8.</exception>
    public static IReadOnlyList<string> Parse(string name, ReadOnlySpan<byte> content)
    {
        string text = Decode(name, content);
        var quotes = new List<string>();
        var lines = new List<string>();
        foreach (string line in text.Split('\n').Append(Separator))
        {
            string plain = line.TrimEnd('\r');
            if (plain != Separator)
            {
                lines.Add(plain);
                continue;
            }
            string quote = string.Join('\n', lines).Trim('\n');
            if (!string.IsNullOrWhiteSpace(quote))
                quotes.Add(quote);
            lines.Clear();
        }
        return quotes.Count > 0
            ? quotes
            : throw new FormatException($"{name} has no quote in it: write some, with a line '%' between two.");
    }

    private static string Decode(string name, ReadOnlySpan<byte> content)
    {
        if (content.StartsWith(Encoding.UTF8.Preamble))
            content = content[Encoding.UTF8.Preamble.Length..];
        char[] text = new char[content.Length];
        if (Utf8.ToUtf16(content, text, out int read, out int written, replaceInvalidSequences: false)
            != OperationStatus.Done)
            throw new FormatException($"{name}, line {LineOf(content[..read])}: it is not UTF-8. Save it as UTF-8.");
        for (int i = 0; i < written; i++)
        {
            if (char.IsControl(text[i]) && text[i] is not ('\n' or '\r' or '\t'))
            {
                int line = text.AsSpan(0, i).Count('\n') + 1;
                throw new FormatException($"{name}, line {line}: a control character, 0x{(int)text[i]:x2}. "
                    + "It is no text, or it would change the reader's terminal.");
            }
        }
        return new string(text, 0, written);
    }

    private static int LineOf(ReadOnlySpan<byte> before) => before.Count((byte)'\n') + 1;
}
