using System.Diagnostics;

namespace Twisted.Internet;

/// <summary>Bytes that wait to be sent: a chain of segments, empty without any memory.</summary>
internal sealed class WriteBuffer(SegmentPool pool)
{
    private Segment? _first;
    private Segment? _last;
    private byte[]? _lender;
    private int _lentStart;
    private int _lentEnd;

    /// <summary>How many bytes wait.</summary>
    internal long Length { get; private set; }

    internal bool IsEmpty => Length == 0;

    /// <summary>The bytes that go out next.</summary>
    internal ReadOnlySpan<byte> First =>
        _lender is { } lender ? lender.AsSpan(_lentStart, _lentEnd - _lentStart)
        : _first is { } first ? first.Bytes.AsSpan(first.Start, first.End - first.Start)
        : default;

    /// <summary>
    /// Remembers bytes where they lie instead of copying them: they are a part of a buffer that nobody touches before
    /// <see cref="Keep"/>, and nothing waits before them.
    /// </summary>
    internal bool TryLend(ReadOnlySpan<byte> data, byte[] lender)
    {
        if (Length > 0 || !lender.AsSpan().Overlaps(data, out int start))
            return false;
        Debug.Assert(start >= 0 && start + data.Length <= lender.Length);
        _lender = lender;
        _lentStart = start;
        _lentEnd = start + data.Length;
        Length = data.Length;
        return true;
    }

    /// <summary>The lender wants its buffer back: what has not gone out of it is copied.</summary>
    internal void Keep()
    {
        if (_lender is null)
            return;
        ReadOnlySpan<byte> rest = First;
        Segment segment = pool.Rent(rest.Length);
        rest.CopyTo(segment.Bytes);
        segment.End = rest.Length;
        segment.Next = _first; // it was first, and what was written since is behind it
        _first = segment;
        _last ??= segment;
        _lender = null;
    }

    internal void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            Segment segment = Room(1, wanted: data.Length);
            int count = Math.Min(segment.Free, data.Length);
            data[..count].CopyTo(segment.Bytes.AsSpan(segment.End));
            segment.End += count;
            Length += count;
            data = data[count..];
        }
    }

    /// <summary>Room to write in; <see cref="Advance"/> says how much was used.</summary>
    /// <param name="atLeast">How much there must be.</param>
    /// <param name="wanted">How much would be good to have: it decides the size of a new segment.</param>
    internal Memory<byte> GetMemory(int atLeast, int wanted)
    {
        Segment segment = Room(atLeast, wanted);
        return segment.Bytes.AsMemory(segment.End);
    }

    private Segment Room(int atLeast, int wanted) =>
        _last is { } last && last.Free >= atLeast ? last : Extend(atLeast, wanted);

    private Segment Extend(int atLeast, int wanted)
    {
        if (Length == 0)
            Clear(); // room that was asked for and never used
        // The second segment of a chain is a large one: there is more to come.
        int size = _last is null ? Math.Min(wanted, SegmentPool.LargeSize) : SegmentPool.LargeSize;
        Segment segment = pool.Rent(Math.Max(atLeast, size));
        if (_last is null)
            _first = segment;
        else
            _last.Next = segment;
        return _last = segment;
    }

    internal void Advance(int count)
    {
        if (count < 0 || _last is null || count > _last.Free)
            throw new ArgumentOutOfRangeException(nameof(count), count, "Advance by no more than was asked for.");
        _last.End += count;
        Length += count;
    }

    internal void Consume(int count)
    {
        if (_lender is not null)
        {
            ConsumeLent(count);
            return;
        }
        Segment first = _first!;
        Debug.Assert(count <= first.End - first.Start);
        first.Start += count;
        Length -= count;
        if (first.Start < first.End)
            return;
        _first = first.Next;
        if (_first is null)
            _last = null;
        pool.Return(first);
    }

    private void ConsumeLent(int count)
    {
        _lentStart += count;
        Length -= count;
        if (_lentStart == _lentEnd)
            _lender = null;
    }

    internal void Clear()
    {
        _lender = null;
        while (_first is { } first)
        {
            _first = first.Next;
            pool.Return(first);
        }
        _last = null;
        Length = 0;
    }
}
