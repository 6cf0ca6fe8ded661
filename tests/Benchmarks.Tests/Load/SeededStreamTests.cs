using Twisted.Benchmarks.Load;

namespace Twisted.Tests.Benchmarks.Load;

/// <summary>Streams that a number determines, and the check of what came.</summary>
public class SeededStreamTests
{
    private const int Length = 4000;

    private readonly StreamTotals _totals = new();

    private static byte[] Bytes(ulong seed = 7)
    {
        byte[] bytes = new byte[Length];
        new SeededStream(seed).Fill(bytes, 0);
        return bytes;
    }

    private StreamTotals Verify(byte[] came, int chunk)
    {
        var verifier = new StreamVerifier(new SeededStream(7), _totals);
        foreach (byte[] piece in came.Chunk(chunk))
            verifier.Verify(piece);
        verifier.End(Length);
        return _totals;
    }

    [Fact]
    public void It_begins_with_its_seed() => Assert.Equal(0x0102030405060708ul, BitConverter.ToUInt64(
        Bytes(0x0102030405060708)));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(1000)]
    public void However_it_is_cut_it_is_the_same(int chunk)
    {
        byte[] bytes = Bytes();
        for (int at = 0; at < Length; at += chunk)
        {
            byte[] piece = new byte[Math.Min(chunk, Length - at)];
            new SeededStream(7).Fill(piece, at);
            Assert.Equal(bytes[at..(at + piece.Length)], piece);
        }
    }

    [Fact]
    public void Another_seed_is_another_stream() => Assert.NotEqual(Bytes(7)[8..24], Bytes(8)[8..24]);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4000)]
    public void What_came_as_it_was_sent_is_exact(int chunk)
    {
        StreamTotals totals = Verify(Bytes(), chunk);
        Assert.True(totals.IsExact);
        Assert.Equal(Length, totals.Verified);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(100)]
    [InlineData(4000)]
    public void Lost_bytes_are_counted(int chunk)
    {
        StreamTotals totals = Verify([.. Bytes()[..1001], .. Bytes()[1034..]], chunk);
        Assert.Equal((33, 0, 0, 0), (totals.Lost, totals.Repeated, totals.Reordered, totals.Corrupt));
        Assert.Equal(Length - 33, totals.Verified);
    }

    [Fact]
    public void A_missing_end_is_lost() => Assert.Equal(100, Verify(Bytes()[..^100], 64).Lost);

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Repeated_bytes_are_counted(int chunk)
    {
        StreamTotals totals = Verify([.. Bytes()[..1001], .. Bytes()[960..]], chunk);
        Assert.Equal((0, 41, 0, 0), (totals.Lost, totals.Repeated, totals.Reordered, totals.Corrupt));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(4000)]
    public void Bytes_that_came_after_later_ones_are_neither_lost_nor_repeated(int chunk)
    {
        byte[] bytes = Bytes();
        StreamTotals totals = Verify(
            [.. bytes[..1000], .. bytes[1050..1110], .. bytes[1000..1050], .. bytes[1110..]], chunk);
        Assert.Equal((0, 0, 50, 0), (totals.Lost, totals.Repeated, totals.Reordered, totals.Corrupt));
    }

    [Fact]
    public void A_changed_byte_belongs_nowhere()
    {
        byte[] bytes = Bytes();
        bytes[2000]++;
        Assert.InRange(Verify(bytes, 500).Corrupt, 1, 16);
    }
}
