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

    private readonly Stack<Segment> _small = new(SpareSmall);
    private readonly Stack<Segment> _large = new(SpareLarge);

    internal Segment Rent(int atLeast)
    {
        if (atLeast > LargeSize)
            return new Segment(atLeast);
        if (atLeast > SmallSize)
            return _large.TryPop(out Segment? large) ? large : new Segment(LargeSize);
        return _small.TryPop(out Segment? small) ? small : new Segment(SmallSize);
    }

    internal void Return(Segment segment)
    {
        segment.Start = segment.End = 0;
        segment.Next = null;
        if (segment.Bytes.Length == SmallSize && _small.Count < SpareSmall)
            _small.Push(segment);
        else if (segment.Bytes.Length == LargeSize && _large.Count < SpareLarge)
            _large.Push(segment);
    }
}
