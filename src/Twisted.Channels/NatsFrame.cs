using System.Buffers.Binary;

namespace Twisted.Channels;

/// <summary>What a message on a subject of a <see cref="NatsBus"/> is. The rest is in docs/channels.md.</summary>
internal enum NatsFrameKind : byte
{
    Beat = 1,
    Bye = 2,
    Post = 5,
    Send = 6,
    Answer = 7,
}

/// <summary>The head of each message of a <see cref="NatsBus"/>: who has sent it, and to whom.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="From">Number of the node that has sent it.</param>
/// <param name="Session">That node's present session: another one for each of its connections.</param>
/// <param name="To">The session that it is for; 0 for all.</param>
internal readonly record struct NatsFrame(NatsFrameKind Kind, int From, ulong Session, ulong To)
{
    /// <summary>Version, kind, number, two sessions.</summary>
    internal const int Length = 1 + 1 + 4 + 8 + 8;

    /// <summary>The longest head, with the number of the message and the name of the service.</summary>
    internal const int LongestHead = Length + 4 + 1 + Wire.LongestName;

    private const byte Version = 1;

    /// <summary>Writes it.</summary>
    /// <returns>How many bytes it has.</returns>
    internal int Write(Span<byte> bytes)
    {
        bytes[0] = Version;
        bytes[1] = (byte)Kind;
        BinaryPrimitives.WriteInt32BigEndian(bytes[2..], From);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[6..], Session);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[14..], To);
        return Length;
    }

    /// <summary>Reads it.</summary>
    /// <param name="bytes">A message of a subject of ours, by anybody.</param>
    /// <param name="frame">The head.</param>
    /// <param name="rest">What follows it.</param>
    /// <returns>False when it is none.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, out NatsFrame frame, out ReadOnlySpan<byte> rest)
    {
        frame = default;
        rest = default;
        if (bytes.Length < Length || bytes[0] != Version)
            return false;
        frame = new NatsFrame((NatsFrameKind)bytes[1], BinaryPrimitives.ReadInt32BigEndian(bytes[2..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[6..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[14..]));
        rest = bytes[Length..];
        return frame.From >= 1 && frame.Session != 0;
    }
}
