using System.Diagnostics;

namespace Twisted.Internet;

/// <summary>Bytes that wait to be sent: a chain of segments, empty without any memory.</summary>
internal sealed class WriteBuffer(SegmentPool pool)
{
    private Segment? _first;
    private Segment? _last;

    /// <summary>How many bytes wait.</summary>
    internal long Length { get; private set; }

    internal bool IsEmpty => Length == 0;

    /// <summary>The bytes that go out next.</summary>
    internal ReadOnlySpan<byte> First => _first is { } first
        ? first.Bytes.AsSpan(first.Start, first.End - first.Start)
        : default;

    internal void Append(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            Memory<byte> room = GetMemory(1, wanted: data.Length);
            int count = Math.Min(room.Length, data.Length);
            data[..count].CopyTo(room.Span);
            Advance(count);
            data = data[count..];
        }
    }

    /// <summary>Room to write in; <see cref="Advance"/> says how much was used.</summary>
    /// <param name="atLeast">How much there must be.</param>
    /// <param name="wanted">How much would be good to have: it decides the size of a new segment.</param>
    internal Memory<byte> GetMemory(int atLeast, int wanted)
    {
        if (_last is null || _last.Free < atLeast)
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
            _last = segment;
        }
        return _last.Bytes.AsMemory(_last.End);
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

    internal void Clear()
    {
        while (_first is { } first)
        {
            _first = first.Next;
            pool.Return(first);
        }
        _last = null;
        Length = 0;
    }
}
