using System.Buffers;
using System.Text;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Writes lines, and refuses text that would be more than one (RELIABILITY R3).</summary>
internal static class LineWriter
{
    private static readonly SearchValues<byte> Forbidden = SearchValues.Create("\r\n\0"u8);

    internal static void Write(ITransport transport, ReadOnlySpan<byte> line, ReadOnlySpan<byte> delimiter)
    {
        Refuse(line, delimiter);
        Span<byte> place = transport.GetSpan(line.Length + delimiter.Length);
        line.CopyTo(place);
        Finish(transport, place, line.Length, delimiter);
    }

    internal static void Write(ITransport transport, string line, ReadOnlySpan<byte> delimiter)
    {
        ArgumentNullException.ThrowIfNull(line);
        Span<byte> place = transport.GetSpan(Encoding.UTF8.GetByteCount(line) + delimiter.Length);
        int length = Encoding.UTF8.GetBytes(line, place);
        Refuse(place[..length], delimiter); // before Advance: nothing of it has been written yet
        Finish(transport, place, length, delimiter);
    }

    private static void Finish(ITransport transport, Span<byte> place, int length, ReadOnlySpan<byte> delimiter)
    {
        delimiter.CopyTo(place[length..]);
        transport.Advance(length + delimiter.Length);
    }

    private static void Refuse(ReadOnlySpan<byte> line, ReadOnlySpan<byte> delimiter)
    {
        int at = line.IndexOfAny(Forbidden);
        if (at >= 0)
            throw new ArgumentException(
                $"A line cannot hold the byte 0x{line[at]:x2} (at {at}): the peer could take it for the line's end.",
                nameof(line));
        at = delimiter.IsEmpty ? -1 : line.IndexOf(delimiter);
        if (at >= 0)
            throw new ArgumentException(
                $"A line cannot hold its own delimiter (at {at}): the peer would read two lines.", nameof(line));
    }
}
