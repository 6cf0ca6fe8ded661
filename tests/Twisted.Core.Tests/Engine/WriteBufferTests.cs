using System.Runtime.InteropServices;

namespace Twisted.Tests;

/// <summary>Bytes that wait to be sent, in pieces.</summary>
public class WriteBufferTests
{
    private readonly SegmentPool _pool = new();
    private readonly WriteBuffer _buffer;

    public WriteBufferTests() => _buffer = new WriteBuffer(_pool);

    [Theory]
    [InlineData(1, 10, 4096)]
    [InlineData(1, 5000, 65536)]
    [InlineData(1, 100_000, 65536)]
    [InlineData(100_000, 100_000, 100_000)]
    public void The_first_piece_is_as_large_as_is_wanted(int atLeast, int wanted, int size) =>
        Assert.Equal(size, _buffer.GetMemory(atLeast, wanted).Length);

    [Fact]
    public void The_second_piece_is_a_large_one()
    {
        _buffer.Append(new byte[4096]);
        Assert.Equal(65536, _buffer.GetMemory(1, wanted: 1).Length);
    }

    [Fact]
    public void A_piece_is_filled_to_its_end()
    {
        _buffer.Append(new byte[4000]);
        Assert.Equal(96, _buffer.GetMemory(96, wanted: 96).Length);
        Assert.Equal(65536, _buffer.GetMemory(97, wanted: 97).Length);
    }

    [Fact]
    public void Room_that_was_never_used_is_given_back()
    {
        byte[] small = ArrayOf(_buffer.GetMemory(1, wanted: 1));
        _buffer.GetMemory(5000, wanted: 5000).Span[0] = 7;
        _buffer.Advance(5000);
        Assert.Equal((5000, 7), (_buffer.First.Length, _buffer.First[0]));
        Assert.Same(small, _pool.Rent(1).Bytes);
    }

    [Fact]
    public void No_more_is_taken_than_there_is_room()
    {
        Refused(1);
        _buffer.GetMemory(1, wanted: 1);
        Refused(-1);
        Refused(4097);
        _buffer.Advance(0);
        Assert.True(_buffer.IsEmpty);
        _buffer.Advance(4096);
        Assert.Equal(4096, _buffer.Length);

        void Refused(int count) => Assert.StartsWith("Advance by no more than was asked for.",
            Assert.Throws<ArgumentOutOfRangeException>(nameof(count), () => _buffer.Advance(count)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_sent_is_given_back()
    {
        _buffer.Append(new byte[10]);
        byte[] used = ArrayOf(_buffer.GetMemory(1, wanted: 1));
        _buffer.Consume(9);
        Assert.NotSame(used, _pool.Rent(1).Bytes);
        _buffer.Consume(1);
        Assert.Same(used, _pool.Rent(1).Bytes);
    }

    [Fact]
    public void What_is_dropped_is_given_back()
    {
        _buffer.Append(new byte[10]);
        byte[] used = ArrayOf(_buffer.GetMemory(1, wanted: 1));
        _buffer.Clear();
        Assert.Equal((0, 0), (_buffer.Length, _buffer.First.Length));
        Assert.Same(used, _pool.Rent(1).Bytes);
    }

    [Fact]
    public void Bytes_are_lent_only_when_nothing_waits_before_them()
    {
        byte[] lender = [1, 2, 3, 4];
        Assert.False(_buffer.TryLend(new byte[3], lender));
        Assert.True(_buffer.TryLend(lender.AsSpan(1, 2), lender));
        Assert.True(_buffer.First.Overlaps(lender, out int start));
        Assert.Equal((-1, 2), (start, _buffer.First.Length));
        Assert.False(_buffer.TryLend(lender.AsSpan(3), lender));
    }

    private static byte[] ArrayOf(Memory<byte> memory)
    {
        Assert.True(MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment));
        return segment.Array!;
    }
}
