namespace Twisted.Tests.Framing;

/// <summary>What a receive buffer copies and searches, byte by byte, and what memory it holds.</summary>
public unsafe class ReceiveBufferWorkTests
{
    private readonly ReceiveBuffer _buffer = new();

    [Fact]
    public void A_search_goes_on_where_a_needle_may_have_begun()
    {
        _buffer.Append("0123456789"u8);
        Assert.Equal(-1, _buffer.IndexOf("\r\n"u8));
        Assert.Equal(20, _buffer.Work); // copied, searched
        _buffer.Append("ab\r\n"u8);
        Assert.Equal(12, _buffer.IndexOf("\r\n"u8));
        Assert.Equal(29, _buffer.Work); // 4 copied, 5 searched: from the 9, which might have been a CR
    }

    [Fact]
    public void What_fits_is_not_moved()
    {
        _buffer.Append(new byte[200]);
        _buffer.Append(new byte[56]);
        Assert.Equal((256, 256), (_buffer.Work, _buffer.Capacity));
    }

    [Fact]
    public void Room_that_was_used_up_is_used_again()
    {
        _buffer.Append(new byte[200]);
        _buffer.Take(150);
        _buffer.Append(new byte[100]);
        Assert.Equal((200 + 50 + 100, 256), (_buffer.Work, _buffer.Capacity));
    }

    [Fact]
    public void A_large_array_with_little_in_it_is_given_back_and_a_small_one_is_kept()
    {
        _buffer.Append(new byte[512]);
        _buffer.Take(447);
        _buffer.Trim();
        Assert.Equal(512, _buffer.Capacity);
        _buffer.Take(1);
        _buffer.Trim();
        Assert.Equal((256, 512 + 64), (_buffer.Capacity, _buffer.Work));
        _buffer.Take(32);
        _buffer.Trim();
        Assert.Equal(512 + 64, _buffer.Work);
    }

    [Fact]
    public void A_whole_chunk_that_comes_back_is_not_copied()
    {
        byte[] chunk = "abc"u8.ToArray();
        fixed (byte* bytes = chunk)
        {
            _buffer.Open(bytes, chunk.Length);
            _buffer.Append(_buffer.TakeAll());
            Assert.Equal((0, 3), (_buffer.Work, _buffer.Length));
            _buffer.Close();
        }
        Assert.Equal(3, _buffer.Work); // kept, since the chunk is the caller's
        _buffer.Clear();
        Assert.Equal(0, _buffer.Capacity);
    }
}
