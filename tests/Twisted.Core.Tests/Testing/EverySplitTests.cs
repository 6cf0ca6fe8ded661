using System.Text;
using Twisted.Testing;

namespace Twisted.Tests.Testing;

public class EverySplitTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(4, 8)]
    [InlineData(12, 2048)]
    [InlineData(13, 1 + 12 + 1)] // whole, every single cut, single bytes
    public void There_are_as_many_ways_as_there_should_be_and_none_twice(int length, int ways)
    {
        byte[] data = Encoding.ASCII.GetBytes("abcdefghijklmnopqrstuvwxyz"[..length]);
        var seen = new HashSet<string>();
        foreach (IReadOnlyList<byte[]> split in EverySplit.Of(data))
        {
            Assert.Equal(data, split.SelectMany(piece => piece));
            Assert.DoesNotContain(split, piece => piece.Length == 0);
            Assert.True(seen.Add(string.Join('|', split.Select(Encoding.ASCII.GetString))));
        }
        Assert.Equal(ways, seen.Count);
    }

    [Fact]
    public void Three_pieces_are_every_pair_of_cuts() =>
        Assert.Equal(1 + 19 + (19 * 18 / 2) + 1, EverySplit.Of(new byte[20], pieces: 3).Count());

    [Fact]
    public void A_failure_says_how_the_bytes_were_cut()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => EverySplit.Check("abc"u8.ToArray(), pieces =>
        {
            if (pieces.Count == 2 && pieces[0].Length == 2)
                throw new InvalidTimeZoneException("broken");
        }));
        Assert.Contains("cut into 2+1 bytes: broken", failure.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidTimeZoneException>(failure.InnerException);
    }
}
