using System.Buffers.Binary;

namespace Twisted.Benchmarks.Load;

/// <summary>
/// An endless stream of bytes that a number determines: its first eight bytes are that number, so that the far end can
/// make the same. Any place of it can be had without what comes before.
/// </summary>
internal readonly record struct SeededStream(ulong Seed)
{
    internal const int HeaderLength = sizeof(ulong);

    internal void Fill(Span<byte> to, long position)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        while (!to.IsEmpty)
        {
            int within = (int)(position % sizeof(ulong));
            ulong value = Word(position / sizeof(ulong));
            if (within == 0 && to.Length >= sizeof(ulong))
            {
                BinaryPrimitives.WriteUInt64LittleEndian(to, value);
                to = to[sizeof(ulong)..];
                position += sizeof(ulong);
                continue;
            }
            BinaryPrimitives.WriteUInt64LittleEndian(word, value);
            int count = Math.Min(to.Length, sizeof(ulong) - within);
            word.Slice(within, count).CopyTo(to);
            to = to[count..];
            position += count;
        }
    }

    /// <summary>The mixing of SplitMix64: each word differs, so that a place is known by what stands there.</summary>
    private ulong Word(long index)
    {
        if (index == 0)
            return Seed;
        ulong mixed = Seed + (ulong)index * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
