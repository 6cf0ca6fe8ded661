using Twisted.Testing;

namespace Twisted.Tests.Framing;

/// <summary>What callbacks of a LineReceiver may do: feed, change mode, clear, throw.</summary>
public class LineReceiverReentrancyTests
{
    [Fact]
    public void Bytes_fed_inside_a_callback_come_behind_those_that_wait()
    {
        foreach (string before in new[] { "", "half of " }) // from the chunk itself, and from the buffer
        {
            var probe = new LineProbe();
            StringTransport transport = StringTransport.Connect(probe);
            probe.OnLine = line =>
            {
                if (line.EndsWith("feed", StringComparison.Ordinal))
                    probe.Give(new string('x', 3000) + "\r\nend");
            };
            if (before.Length > 0)
                transport.Receive(before);
            transport.Receive("feed\r\nb\r\nc");
            Assert.Equal([before + "feed", "b", "c" + new string('x', 3000)], probe.Seen);
            transport.Receive("ing\r\n");
            Assert.Equal("ending", probe.Seen[^1]);
        }
    }

    [Fact]
    public void A_receiver_that_feeds_itself_for_ever_neither_recurses_nor_grows()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        int left = 100_000;
        probe.OnLine = line =>
        {
            if (left-- > 0)
                probe.Give(line + "\r\n");
        };
        transport.Receive("again\r\n");
        Assert.Equal(100_001, probe.Seen.Count);
        Assert.All(probe.Seen, line => Assert.Equal("again", line));
    }

    [Fact]
    public void Raw_mode_takes_the_rest_of_the_chunk_and_gives_back_what_is_not_its_own()
    {
        const string Stream = "a\r\nraw\r\n12345b\r\nraw\r\n67890c\r\n";
        EverySplit.Check(Bytes.Of(Stream), chunks =>
        {
            int left = 0;
            string raw = "";
            var probe = new LineProbe();
            StringTransport.Connect(probe);
            probe.OnLine = line =>
            {
                if (line != "raw")
                    return;
                left = 5;
                probe.SetRawMode();
            };
            probe.OnRaw = data =>
            {
                int take = Math.Min(left, data.Length);
                raw += Bytes.Text(data.AsSpan(0, take));
                left -= take;
                if (left == 0)
                    probe.SetLineMode(data.AsSpan(take)); // a copy of what was given, not the same memory
            };
            probe.Give(chunks);
            Assert.Equal("1234567890", raw);
            probe.Seen.RemoveAll(s => s.StartsWith("raw ", StringComparison.Ordinal));
            Assert.Equal(["a", "raw", "b", "raw", "c"], probe.Seen);
        });
    }

    [Fact]
    public void Raw_mode_without_an_override_says_what_is_missing()
    {
        var protocol = new RawWithoutOverride();
        StringTransport transport = StringTransport.Connect(protocol);
        var failure = Assert.Throws<NotSupportedException>(() => transport.Receive("a\r\nb"));
        Assert.Contains("RawDataReceived", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClearLineBuffer_takes_what_waits_and_leaves_the_line_alone()
    {
        foreach (string before in new[] { "", "half " })
        {
            var probe = new LineProbe();
            StringTransport transport = StringTransport.Connect(probe);
            byte[] cleared = [];
            probe.OnLine = _ =>
            {
                cleared = probe.Clear();
                probe.Give("new\r\n");
                probe.OnLine = null;
            };
            if (before.Length > 0)
                transport.Receive(before);
            transport.Receive("line\r\nb\r\nc");
            Assert.Equal("b\r\nc", Bytes.Text(cleared));
            Assert.Equal([before + "line", "new"], probe.Seen);
        }
    }

    [Fact]
    public void ClearLineBuffer_works_outside_of_callbacks()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("half");
        Assert.Equal("half", Bytes.Text(probe.Clear()));
        Assert.Empty(probe.Clear());
        transport.Receive("a\r\n");
        Assert.Equal(["a"], probe.Seen);
    }

    [Fact]
    public void An_exception_in_a_callback_comes_out_and_the_lines_behind_it_are_kept()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        probe.OnLine = line =>
        {
            if (line == "boom")
                throw new InvalidTimeZoneException();
        };
        Assert.Throws<InvalidTimeZoneException>(() => transport.Receive("a\r\nboom\r\nb\r\nc"));
        transport.Receive("\r\n");
        Assert.Equal(["a", "boom", "b", "c"], probe.Seen);
    }

    private sealed class RawWithoutOverride : LineReceiver
    {
        protected override void LineReceived(ReadOnlySpan<byte> line) => SetRawMode();
    }
}
