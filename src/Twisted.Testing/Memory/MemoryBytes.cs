namespace Twisted.Testing;

/// <summary>Bytes on their way: a queue that grows as needed.</summary>
internal sealed class MemoryBytes
{
    private byte[] _bytes = [];
    private int _start;

    internal int Count { get; private set; }

    internal void Add(ReadOnlySpan<byte> data)
    {
        if (_start + Count + data.Length > _bytes.Length)
        {
            byte[] target = Count + data.Length > _bytes.Length
                ? new byte[Math.Max(_bytes.Length * 2, Count + data.Length)]
                : _bytes;
            _bytes.AsSpan(_start, Count).CopyTo(target);
            _bytes = target;
            _start = 0;
        }
        data.CopyTo(_bytes.AsSpan(_start + Count));
        Count += data.Length;
    }

    internal int Take(Span<byte> buffer)
    {
        int count = Math.Min(buffer.Length, Count);
        _bytes.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        Count -= count;
        if (Count == 0)
            _start = 0;
        return count;
    }

    internal void Clear()
    {
        Count = 0;
        _start = 0;
    }
}
