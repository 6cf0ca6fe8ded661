using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Twisted.Channels;

/// <summary>What the first byte of a frame says. The rest of each frame is in docs/channels.md.</summary>
internal enum FrameKind : byte
{
    Hello = 1,
    Proof = 2,
    Welcome = 3,
    Refused = 4,
    Post = 5,
    Send = 6,
    Answer = 7,
    Ping = 8,
    Pong = 9,
}

/// <summary>Why a handshake was refused, as the other side is told.</summary>
internal enum HandshakeRefusal : byte
{
    Version = 1,
    Number = 2,
    Proof = 3,
    Duplicate = 4,
    Stopping = 5,
}

/// <summary>Frames as they lie on the wire: after the length in 32 bits, all numbers big-endian.</summary>
internal static class Wire
{
    /// <summary>No frame of the handshake is longer; longer ones are not read before it is over.</summary>
    internal const int HandshakeLimit = 64;

    internal const byte Version = 1;
    internal const int NonceLength = 32;
    internal const int ProofLength = 32;
    internal const int LongestName = 63;

    /// <summary>Kind, TWCH, version, number, longest frame, nonce.</summary>
    internal const int HelloLength = 1 + 4 + 1 + 4 + 4 + NonceLength;

    /// <summary>The bytes of a Send before the name: kind, number of the message, length of the name.</summary>
    internal const int SendHead = 1 + 4 + 1;

    /// <summary>The bytes of a Post before the name.</summary>
    internal const int PostHead = 1 + 1;

    private const int PrefixLength = 4;

    private static readonly SearchValues<char> OfNames =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private static ReadOnlySpan<byte> Magic => "TWCH"u8;

    /// <summary>Refuses what is no name of a service.</summary>
    internal static void EnsureName(string service)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        if (service.Length > LongestName || service.AsSpan().ContainsAnyExcept(OfNames))
        {
            throw new ArgumentException($"'{service}' is no name of a service: these have 1 to {LongestName} letters, "
                + "digits, '-', '_' and '.' of ASCII.", nameof(service));
        }
    }

    /// <summary>An address for the log; the client's end of a UNIX socket has none.</summary>
    internal static string Describe(EndPoint address) => $"{address}" is { Length: > 0 } text ? text : "a local socket";

    /// <summary>Refuses a message that its node would not read.</summary>
    internal static void EnsureFits(int node, int head, int length, int maxFrame)
    {
        if ((long)head + length > maxFrame)
        {
            throw new ArgumentException($"A message of {length} bytes is too long: node {node} reads frames of "
                + $"{maxFrame} bytes, so {maxFrame - head} of this service. Send it in pieces.");
        }
    }

    /// <summary>Our first frame, without the length.</summary>
    internal static byte[] Hello(int id, int maxFrame, ReadOnlySpan<byte> nonce)
    {
        byte[] hello = new byte[HelloLength];
        hello[0] = (byte)FrameKind.Hello;
        Magic.CopyTo(hello.AsSpan(1));
        hello[5] = Version;
        BinaryPrimitives.WriteInt32BigEndian(hello.AsSpan(6), id);
        BinaryPrimitives.WriteInt32BigEndian(hello.AsSpan(10), maxFrame);
        nonce.CopyTo(hello.AsSpan(14));
        return hello;
    }

    /// <summary>Whether a frame begins as each version's Hello does.</summary>
    internal static bool IsHello(ReadOnlySpan<byte> frame, out byte version)
    {
        version = 0;
        if (frame.Length < 6 || frame[0] != (byte)FrameKind.Hello || !frame[1..5].SequenceEqual(Magic))
            return false;
        version = frame[5];
        return version != Version || frame.Length == HelloLength;
    }

    internal static int IdOf(ReadOnlySpan<byte> hello) => BinaryPrimitives.ReadInt32BigEndian(hello[6..]);

    internal static int MaxFrameOf(ReadOnlySpan<byte> hello) => BinaryPrimitives.ReadInt32BigEndian(hello[10..]);

    internal static void WritePost(IBufferWriter<byte> output, string service, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = Begin(output, FrameKind.Post, PostHead + service.Length + payload.Length);
        WriteMessage(frame[1..], service, payload);
        output.Advance(PrefixLength + frame.Length);
    }

    internal static void WriteSend(
        IBufferWriter<byte> output, uint number, string service, ReadOnlySpan<byte> payload)
    {
        Span<byte> frame = Begin(output, FrameKind.Send, SendHead + service.Length + payload.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame[1..], number);
        WriteMessage(frame[5..], service, payload);
        output.Advance(PrefixLength + frame.Length);
    }

    internal static void WriteAnswer(IBufferWriter<byte> output, uint number, MessageAnswer answer)
    {
        Span<byte> frame = Begin(output, FrameKind.Answer, 1 + 4 + 1);
        BinaryPrimitives.WriteUInt32BigEndian(frame[1..], number);
        frame[5] = (byte)answer;
        output.Advance(PrefixLength + frame.Length);
    }

    /// <summary>Cuts a message, after the kind and the number, into the name of its service and the payload.</summary>
    internal static bool TryCut(
        ReadOnlySpan<byte> message, out ReadOnlySpan<byte> service, out ReadOnlySpan<byte> payload)
    {
        service = payload = default;
        if (message.IsEmpty || message[0] is 0 or > LongestName || message.Length <= message[0])
            return false;
        service = message.Slice(1, message[0]);
        payload = message[(1 + message[0])..];
        return true;
    }

    private static Span<byte> Begin(IBufferWriter<byte> output, FrameKind kind, int length)
    {
        Span<byte> frame = output.GetSpan(PrefixLength + length);
        BinaryPrimitives.WriteInt32BigEndian(frame, length);
        frame = frame.Slice(PrefixLength, length);
        frame[0] = (byte)kind;
        return frame;
    }

    private static void WriteMessage(Span<byte> rest, string service, ReadOnlySpan<byte> payload)
    {
        rest[0] = (byte)service.Length;
        Encoding.ASCII.GetBytes(service, rest[1..]);
        payload.CopyTo(rest[(1 + service.Length)..]);
    }
}
