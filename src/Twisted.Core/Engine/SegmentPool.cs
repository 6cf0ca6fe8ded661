namespace Twisted.Internet;

/// <summary>A piece of a write buffer.</summary>
internal sealed class Segment(int size)
{
    internal readonly byte[] Bytes = GC.AllocateUninitializedArray<byte>(size);
    internal int Start;
    internal int End;
    internal Segment? Next;

    internal int Free => Bytes.Length - End;
}

/// <summary>
/// The loop's spare segments. Two sizes: a small one for the usual answer, so that ten thousand slow readers cost 4 KiB
/// each, and a large one for bulk. Reactor thread only, so it needs no lock; in steady state nothing is allocated.
/// </summary>
internal sealed class SegmentPool
{
    internal const int SmallSize = 4 * 1024;
    internal const int LargeSize = 64 * 1024;
    private const int SpareSmall = 64;
    private const int SpareLarge = 16;

    private Shelf _small = new(SmallSize, SpareSmall);
    private Shelf _large = new(LargeSize, SpareLarge);

    internal Segment Rent(int atLeast) =>
        atLeast <= SmallSize ? _small.Take() : atLeast <= LargeSize ? _large.Take() : new Segment(atLeast);

    internal void Return(Segment segment)
    {
        segment.Start = segment.End = 0;
        segment.Next = null;
        if (segment.Bytes.Length == SmallSize)
            _small.Put(segment);
        else if (segment.Bytes.Length == LargeSize)
            _large.Put(segment);
    }

    /// <summary>Spare segments of one size, chained; the one used last, warm in the caches, is taken first.</summary>
    private struct Shelf(int size, int most)
    {
        private Segment? _top;
        private int _count;

        internal Segment Take()
        {
            if (_top is not { } segment)
                return new Segment(size);
            _top = segment.Next;
            segment.Next = null;
            _count--;
            return segment;
        }

        internal void Put(Segment segment)
        {
            if (_count == most)
                return;
            segment.Next = _top;
            _top = segment;
            _count++;
        }
    }
}
