using System.Buffers;

namespace Twisted.Tests.Framing;

public unsafe class ReceiveBufferTests
{
    [Fact]
    public void A_chunk_is_read_where_it_lies_and_its_rest_is_kept()
    {
        var buffer = new ReceiveBuffer();
        byte[] chunk = "onetwo"u8.ToArray();
        fixed (byte* p = chunk)
        {
            buffer.Open(p, chunk.Length);
            ReadOnlySpan<byte> one = buffer.Take(3);
            Assert.True(one.Overlaps(chunk));
            buffer.Close();
        }
        Array.Clear(chunk);
        Assert.Equal("two", Bytes.Text(buffer.Unread));
    }

    [Fact]
    public void What_was_handed_out_stays_whole_until_Close_whatever_is_appended()
    {
        foreach (bool hasPrefix in new[] { false, true }) // the line lies in the chunk, or in the buffer's own array
        {
            var buffer = new ReceiveBuffer();
            if (hasPrefix)
                buffer.Append("a line "u8);
            byte[] chunk = hasPrefix ? "here.rest"u8.ToArray() : "a line here.rest"u8.ToArray();
            fixed (byte* p = chunk)
            {
                buffer.Open(p, chunk.Length);
                ReadOnlySpan<byte> line = buffer.Take(12);
                for (int i = 0; i < 200; i++)
                    buffer.Append("0123456789"u8);
                buffer.Clear();
                buffer.Append("new"u8);
                foreach (byte[] other in Enumerable.Range(0, 8).Select(_ => ArrayPool<byte>.Shared.Rent(256)).ToArray())
                {
                    Array.Fill(other, (byte)'!'); // someone else uses what the pool has
                    ArrayPool<byte>.Shared.Return(other);
                }
                Assert.Equal("a line here.", Bytes.Text(line));
                Assert.Equal("new", Bytes.Text(buffer.Unread));
                buffer.Close();
            }
            Assert.Equal("new", Bytes.Text(buffer.Unread));
        }
    }

    [Fact]
    public void What_was_handed_out_is_not_written_over_to_make_room()
    {
        var buffer = new ReceiveBuffer();
        buffer.Append(new byte[10]); // so that the chunk below is not read where it lies
        byte[] chunk = new byte[240];
        fixed (byte* p = chunk)
        {
            buffer.Open(p, chunk.Length);
            ReadOnlySpan<byte> lent = buffer.Take(200);
            buffer.Append("this does not fit behind the 250 bytes in an array of 256"u8);
            Assert.Equal(-1, lent.IndexOfAnyExcept((byte)0));
            buffer.Close();
        }
    }

    [Fact]
    public void Much_that_waits_is_not_moved_for_each_byte_that_comes()
    {
        const int Waiting = 60_000, Rounds = 100_000;
        var buffer = new ReceiveBuffer();
        buffer.Append(new byte[Waiting]);
        for (int i = 0; i < Rounds; i++)
        {
            buffer.Take(1);
            buffer.Append("x"u8);
        }
        Assert.InRange(buffer.Work, Rounds, 5 * (Waiting + Rounds));
    }

    [Fact]
    public void What_is_given_back_is_not_copied()
    {
        var buffer = new ReceiveBuffer();
        byte[] chunk = "0123456789"u8.ToArray();
        fixed (byte* p = chunk)
        {
            buffer.Open(p, chunk.Length);
            ReadOnlySpan<byte> all = buffer.TakeAll();
            buffer.Append(all[4..]);
            Assert.Equal(0, buffer.Work);
            Assert.Equal("456789", Bytes.Text(buffer.Unread));

            all = buffer.TakeAll();
            buffer.Append("456789"u8); // the same bytes from elsewhere are
            Assert.Equal(6, buffer.Work);
            Assert.Equal("456789", Bytes.Text(buffer.Unread));
            buffer.Close();
        }
    }

    [Fact]
    public void A_part_of_the_buffer_itself_can_be_appended()
    {
        var buffer = new ReceiveBuffer();
        buffer.Append("abc"u8);
        fixed (byte* p = "def"u8)
        {
            buffer.Open(p, 3);
            ReadOnlySpan<byte> all = buffer.TakeAll();
            buffer.Append(all[..3]);
            buffer.Append(buffer.Unread);
            buffer.Close();
        }
        Assert.Equal("abcabc", Bytes.Text(buffer.Unread));
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("aa")]
    [InlineData("aba")]
    public void A_delimiter_that_comes_in_pieces_is_found(string needle)
    {
        var buffer = new ReceiveBuffer();
        string text = "abaab\rx" + needle;
        int at = text.IndexOf(needle, StringComparison.Ordinal);
        for (int i = 0; i < at + needle.Length; i++)
        {
            Assert.Equal(-1, buffer.IndexOf(Bytes.Of(needle)));
            buffer.Append(Bytes.Of(text[i..(i + 1)]));
        }
        Assert.Equal(at, buffer.IndexOf(Bytes.Of(needle)));
        Assert.Equal(at, buffer.IndexOf(Bytes.Of(needle)));
    }

    [Fact]
    public void Random_use_agrees_with_a_plain_list()
    {
        var random = new Random(20260001);
        var buffer = new ReceiveBuffer();
        var model = new List<byte>();
        for (int round = 0; round < 20_000; round++)
        {
            byte[] chunk = new byte[random.Next(random.Next(10) == 0 ? 5000 : 20)];
            random.NextBytes(chunk);
            fixed (byte* p = chunk)
            {
                buffer.Open(p, chunk.Length);
                model.AddRange(chunk);
                for (int step = random.Next(4); step > 0; step--)
                    Step(buffer, model, random);
                buffer.Close();
            }
            if (random.Next(10) == 0)
                Step(buffer, model, random);
            Assert.Equal(model.Count, buffer.Length);
            Assert.True(buffer.Unread.SequenceEqual(model.ToArray()));
        }
    }

    private static void Step(ReceiveBuffer buffer, List<byte> model, Random random)
    {
        switch (random.Next(6))
        {
            case 0:
                byte[] more = new byte[random.Next(30)];
                random.NextBytes(more);
                buffer.Append(more);
                model.AddRange(more);
                break;
            case 1:
                byte needle = (byte)random.Next(256);
                Assert.Equal(model.IndexOf(needle), buffer.IndexOf([needle]));
                break;
            case 2:
                ReadOnlySpan<byte> all = buffer.TakeAll();
                int keep = random.Next(all.Length + 1);
                model.RemoveRange(0, all.Length - keep);
                buffer.Append(all[^keep..].ToArray().AsSpan());
                break;
            default:
                int take = random.Next(buffer.Length + 1);
                Assert.True(buffer.Take(take).SequenceEqual(model.Take(take).ToArray()));
                model.RemoveRange(0, take);
                break;
        }
    }
}
