using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Twisted.Channels.Nats;

/// <summary>Where the parts of a MSG or HMSG lie in its line, and how long what follows is.</summary>
internal readonly record struct NatsMessageHead(
    Range Subject, long Number, Range ReplyTo, int HeaderLength, int TotalLength);

/// <summary>The lines of the NATS client protocol.</summary>
internal static class NatsWire
{
    /// <summary>The longest line that is read, and that a server reads, but for an INFO.</summary>
    internal const int LongestLine = 4096;

    /// <summary>An INFO names all servers of a cluster.</summary>
    internal const int LongestInfo = 64 * 1024;

    private const int MostDigits = 18;

    /// <summary>Takes the next word of a line away; words have blanks or tabs between them.</summary>
    internal static ReadOnlySpan<byte> Word(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart(" \t"u8);
        int length = rest.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> word = length < 0 ? rest : rest[..length];
        rest = rest[word.Length..];
        return word;
    }

    /// <summary>Whether a word is that verb, in capitals or not.</summary>
    internal static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> verb) => Ascii.EqualsIgnoreCase(word, verb);

    /// <summary>Cuts the line of a MSG or HMSG: verb, subject, subscription, maybe a reply subject, sizes.</summary>
    /// <returns>False when it makes no sense.</returns>
    internal static bool TryCutMessage(ReadOnlySpan<byte> line, bool hasHeaders, out NatsMessageHead head)
    {
        head = default;
        Span<Range> words = stackalloc Range[7];
        int count = 0;
        for (ReadOnlySpan<byte> rest = line; count < words.Length; count++)
        {
            ReadOnlySpan<byte> word = Word(ref rest);
            if (word.IsEmpty)
                break;
            int end = line.Length - rest.Length;
            words[count] = (end - word.Length)..end;
        }
        int sizes = hasHeaders ? 2 : 1;
        if (count != 3 + sizes && count != 4 + sizes)
            return false;
        long headerLength = 0;
        if (!TryNumber(line[words[2]], out long subscription) || !TryNumber(line[words[count - 1]], out long total)
            || hasHeaders && !TryNumber(line[words[count - 2]], out headerLength)
            || total > int.MaxValue || headerLength > total)
            return false;
        Range replyTo = count == 4 + sizes ? words[3] : 0..0;
        head = new NatsMessageHead(words[1], subscription, replyTo, (int)headerLength, (int)total);
        return true;
    }

    /// <summary>Reads digits and nothing else.</summary>
    internal static bool TryNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        if (digits.IsEmpty || digits.Length > MostDigits)
            return false;
        foreach (byte digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                return false;
            number = (number * 10) + (digit - '0');
        }
        return true;
    }

    /// <summary>Our login. JSON has no line ends of its own, so none of the texts can end the line.</summary>
    internal static void WriteConnect(
        IBufferWriter<byte> output, NatsOptions options, NatsServerInfo server, bool isTls)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WriteBoolean("verbose", false);
            writer.WriteBoolean("pedantic", false);
            writer.WriteBoolean("tls_required", isTls);
            writer.WriteString("lang", "dotnet-twisted");
            writer.WriteString("version", "0.1.0");
            writer.WriteNumber("protocol", 1); // INFO may come again at any time
            writer.WriteBoolean("echo", options.Echo);
            writer.WriteBoolean("headers", server.HasHeaders);
            writer.WriteBoolean("no_responders", server.HasHeaders);
            if (options.Name.Length > 0)
                writer.WriteString("name", options.Name);
            if (options.User is { } user)
                writer.WriteString("user", user);
            if (options.Password is { } password)
                writer.WriteString("pass", password);
            if (options.Token is { } token)
                writer.WriteString("auth_token", token);
            writer.WriteEndObject();
        }
        output.Write("CONNECT "u8);
        output.Write(json.WrittenSpan);
        output.Write("\r\n"u8);
    }

    /// <summary>A message, whose payload comes in two parts.</summary>
    /// <returns>How many bytes it has become.</returns>
    internal static int WritePublish(IBufferWriter<byte> output, string subject, string? replyTo,
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        int payload = first.Length + second.Length;
        Span<byte> all = output.GetSpan(subject.Length + (replyTo?.Length ?? 0) + payload + 4 + 2 + 10 + 4);
        int at = Put(all, 0, "PUB "u8);
        at += Encoding.ASCII.GetBytes(subject, all[at..]);
        all[at++] = (byte)' ';
        if (replyTo is not null)
        {
            at += Encoding.ASCII.GetBytes(replyTo, all[at..]);
            all[at++] = (byte)' ';
        }
        Utf8Formatter.TryFormat(payload, all[at..], out int digits);
        at = Put(all, at + digits, "\r\n"u8);
        at = Put(all, at, first);
        at = Put(all, at, second);
        at = Put(all, at, "\r\n"u8);
        output.Advance(at);
        return at;
    }

    private static int Put(Span<byte> all, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(all[at..]);
        return at + bytes.Length;
    }
}
