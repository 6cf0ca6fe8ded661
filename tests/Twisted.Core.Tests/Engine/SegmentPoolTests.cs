namespace Twisted.Tests;

/// <summary>Spare pieces of write buffers.</summary>
public class SegmentPoolTests
{
    private readonly SegmentPool _pool = new();

    [Theory]
    [InlineData(1, 4096)]
    [InlineData(4096, 4096)]
    [InlineData(4097, 65536)]
    [InlineData(65536, 65536)]
    [InlineData(65537, 65537)]
    public void The_smaller_size_is_taken_where_it_is_enough(int atLeast, int size) =>
        Assert.Equal(size, _pool.Rent(atLeast).Bytes.Length);

    [Theory]
    [InlineData(4096, 64)]
    [InlineData(65536, 16)]
    public void So_many_are_kept_and_the_last_is_used_first(int size, int most)
    {
        Segment[] used = [.. Enumerable.Range(0, most + 1).Select(_ => _pool.Rent(size))];
        foreach (Segment segment in used)
        {
            (segment.Start, segment.End, segment.Next) = (1, 2, used[0]);
            _pool.Return(segment);
        }
        for (int i = most - 1; i >= 0; i--)
        {
            Segment again = _pool.Rent(size);
            Assert.Same(used[i], again);
            Assert.Equal((0, 0, null), (again.Start, again.End, again.Next));
        }
        Assert.DoesNotContain(_pool.Rent(size), used);
        _pool.Return(used[0]); // there is room again
        Assert.Same(used[0], _pool.Rent(size));
    }

    [Fact]
    public void Other_sizes_are_not_kept()
    {
        var odd = new Segment(5000);
        _pool.Return(odd);
        Assert.NotSame(odd, _pool.Rent(1));
        Assert.NotSame(odd, _pool.Rent(5000));
    }
}
