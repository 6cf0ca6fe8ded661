using Twisted.Testing;

namespace Twisted.Tests.Framing;

public class LineReceiverTests
{
    [Theory]
    [InlineData("a\r\nbc\r\n", "a|bc")]
    [InlineData("\r\n\r\n", "|")]
    [InlineData("a\rb\nc\n\r\r\n", "a\rb\nc\n\r")]
    [InlineData("GET / HTTP/1.0\r\nHost: x\r\n\r\nrest", "GET / HTTP/1.0|Host: x|")]
    public void Lines_are_the_same_for_every_way_to_cut_the_stream(string stream, string lines)
    {
        EverySplit.Check(Bytes.Of(stream), chunks =>
        {
            var probe = new LineProbe();
            StringTransport.Connect(probe);
            probe.Give(chunks);
            Assert.Equal(lines.Split('|'), probe.Seen);
        }, pieces: 3);
    }

    [Fact]
    public void Delimiters_of_any_kind_are_found_for_every_way_to_cut_the_stream()
    {
        foreach (string delimiter in new[] { "\n", "ab", "aa", "aba", "\r\n.\r\n", "\0" })
        {
            string stream = $"one{delimiter}{delimiter}a{delimiter}two{delimiter}x";
            string[] expected = stream.Split(delimiter)[..^1]; // from the left, as a stream is cut
            EverySplit.Check(Bytes.Of(stream), chunks =>
            {
                var probe = new LineProbe { Ends = Bytes.Of(delimiter) };
                StringTransport.Connect(probe);
                probe.Give(chunks);
                Assert.Equal(expected, probe.Seen);
            });
        }
    }

    [Fact]
    public void An_unfinished_line_is_not_handed_out_at_the_end()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("whole\r\nhalf\r");
        transport.Disconnect();
        Assert.Equal(["whole"], probe.Seen);
    }

    [Fact]
    public void A_line_of_just_the_limit_passes_for_every_way_to_cut_the_stream()
    {
        EverySplit.Check("12345\r\n12345\r\n"u8.ToArray(), chunks =>
        {
            var probe = new LineProbe { Limit = 5 };
            StringTransport transport = StringTransport.Connect(probe);
            probe.Give(chunks);
            Assert.Equal(["12345", "12345"], probe.Seen);
            Assert.False(transport.IsDisconnecting);
        }, pieces: 3);
    }

    [Fact]
    public void A_line_over_the_limit_closes_the_connection_and_shows_all_that_is_there()
    {
        var probe = new LineProbe { Limit = 5 };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("ok\r\n123456\r\nnext");
        Assert.Equal(["ok", "long 123456\r\nnext"], probe.Seen);
        Assert.True(transport.IsDisconnecting);
    }

    [Fact]
    public void A_line_without_end_is_refused_when_not_even_a_delimiter_could_save_it()
    {
        var probe = new LineProbe { Limit = 5 };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("123456");
        Assert.Empty(probe.Seen);
        transport.Receive("7");
        Assert.Equal(["long 1234567"], probe.Seen);
        Assert.True(transport.IsDisconnecting);
    }

    [Fact]
    public void An_application_may_keep_the_connection_after_a_long_line()
    {
        var probe = new LineProbe { Limit = 3, KeepsLongLines = true };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("12345\r\nab\r\n");
        transport.Receive("cd\r\n");
        Assert.Equal(["long 12345\r\nab\r\n", "cd"], probe.Seen);
        Assert.False(transport.IsDisconnecting);
    }

    [Fact]
    public void An_application_may_give_back_what_follows_a_long_line()
    {
        var probe = new LineProbe { Limit = 3, KeepsLongLines = true };
        probe.OnTooLong = all => probe.SetLineMode(Bytes.Of(all[(all.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
        StringTransport.Connect(probe);
        probe.Give("12345\r\nab\r\nc");
        probe.Give("d\r\n");
        Assert.Equal(["long 12345\r\nab\r\nc", "ab", "cd"], probe.Seen);
    }

    [Fact]
    public void Limit_and_delimiter_may_change_in_the_middle_of_a_chunk()
    {
        var probe = new LineProbe();
        probe.OnLine = line =>
        {
            if (line == "semicolons")
                probe.Ends = ";"u8.ToArray();
            if (line == "short")
                probe.Limit = 2;
        };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("semicolons\r\na;b\r\n;short;12;123;");
        Assert.Equal(["semicolons", "a", "b\r\n", "short", "12", "long 123;"], probe.Seen);
    }

    [Fact]
    public void A_new_delimiter_is_looked_for_in_what_was_searched_for_the_old_one()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("a;b;");
        probe.Ends = ";"u8.ToArray();
        transport.Receive("c");
        Assert.Equal(["a", "b"], probe.Seen);
    }

    [Fact]
    public void An_empty_delimiter_ends_no_line_and_the_limit_still_holds()
    {
        var probe = new LineProbe { Ends = [], Limit = 4 };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("123");
        Assert.Empty(probe.Seen);
        transport.Receive("4");
        Assert.Equal(["long 1234"], probe.Seen);
    }

    [Fact]
    public void No_line_is_handed_out_after_LoseConnection()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        probe.OnLine = line =>
        {
            if (line == "quit")
                transport.LoseConnection();
        };
        transport.Receive("a\r\nquit\r\nb\r\n");
        Assert.Equal(["a", "quit"], probe.Seen);
    }

    [Fact]
    public void No_line_is_handed_out_after_the_connection_was_lost_inside_a_callback()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        probe.OnLine = _ => transport.Disconnect();
        transport.Receive("a\r\nb\r\n");
        Assert.Equal(["a"], probe.Seen);

        var forgetful = new WithoutBaseCall();
        transport = StringTransport.Connect(forgetful);
        transport.Receive("a\r\nb\r\n");
        Assert.Equal(1, forgetful.Count);
    }

    [Fact]
    public void A_paused_receiver_holds_its_lines_and_goes_on_with_them_on_resume()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        probe.OnLine = line =>
        {
            if (line == "pause")
                probe.PauseProducing();
        };
        transport.Receive("a\r\npause\r\nb\r\nc");
        Assert.Equal(["a", "pause"], probe.Seen);
        Assert.True(probe.IsPaused);
        Assert.True(transport.IsPaused);

        transport.Receive("c\r\npause\r\nd\r\n");
        Assert.Equal(["a", "pause"], probe.Seen);

        probe.ResumeProducing();
        Assert.Equal(["a", "pause", "b", "cc", "pause"], probe.Seen);
        probe.ResumeProducing();
        Assert.Equal(["a", "pause", "b", "cc", "pause", "d"], probe.Seen);
        Assert.False(transport.IsPaused);
    }

    [Fact]
    public void Pause_and_resume_inside_one_callback_change_nothing()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        probe.OnLine = _ =>
        {
            probe.PauseProducing();
            probe.ResumeProducing();
        };
        transport.Receive("a\r\nb\r\nc\r\n");
        Assert.Equal(["a", "b", "c"], probe.Seen);
    }

    [Fact]
    public void StopProducing_ends_the_lines_and_the_connection()
    {
        var probe = new LineProbe();
        StringTransport transport = StringTransport.Connect(probe);
        probe.OnLine = _ => probe.StopProducing();
        transport.Receive("a\r\nb\r\n");
        Assert.Equal(["a"], probe.Seen);
        Assert.Equal(ProducerState.Stopped, transport.ProducerState);
        Assert.True(transport.IsDisconnecting);
    }

    /// <summary>Its ConnectionLost does not call the base's, which drops what waits.</summary>
    private sealed class WithoutBaseCall : LineReceiver
    {
        internal int Count { get; private set; }

        protected override void LineReceived(ReadOnlySpan<byte> line)
        {
            Count++;
            ((StringTransport)Transport).Disconnect();
        }

        protected override void ConnectionLost(Exception reason) { }
    }
}
