using Twisted.Testing;

namespace Twisted.Tests.Framing;

public class LineOnlyReceiverTests
{
    [Fact]
    public void Lines_are_the_same_for_every_way_to_cut_the_stream()
    {
        foreach (string delimiter in new[] { "\r\n", "\n", "aa", "aba" })
        {
            string stream = $"one{delimiter}{delimiter}a{delimiter}two{delimiter}rest";
            string[] expected = stream.Split(delimiter)[..^1];
            EverySplit.Check(Bytes.Of(stream), chunks =>
            {
                var probe = new LineOnlyProbe { Ends = Bytes.Of(delimiter) };
                StringTransport transport = StringTransport.Connect(probe);
                probe.Give(chunks);
                transport.Disconnect();
                Assert.Equal(expected, probe.Seen);
            }, pieces: 3);
        }
    }

    [Fact]
    public void A_line_of_just_the_limit_passes_and_one_byte_more_closes_the_connection()
    {
        var probe = new LineOnlyProbe { Limit = 5 };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("12345\r\n123456\r\nnext\r\n");
        Assert.Equal(["12345", "long 123456"], probe.Seen);
        Assert.True(transport.IsDisconnecting);
    }

    [Fact]
    public void An_unfinished_line_counts_half_a_delimiter_as_Twisted_does()
    {
        var probe = new LineOnlyProbe { Limit = 5 };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("12345");
        Assert.Empty(probe.Seen);
        transport.Receive("\r");
        Assert.Equal(["long 12345\r"], probe.Seen);
        Assert.True(transport.IsDisconnecting);
    }

    [Fact]
    public void A_long_line_is_used_up_when_the_application_keeps_the_connection()
    {
        var probe = new LineOnlyProbe { Limit = 5, KeepsLongLines = true };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("1234567");
        transport.Receive("ab\r\n");
        Assert.Equal(["long 1234567", "ab"], probe.Seen);
    }

    [Fact]
    public void No_line_is_handed_out_after_LoseConnection_or_after_the_end()
    {
        foreach (bool isGone in new[] { false, true })
        {
            var probe = new LineOnlyProbe();
            StringTransport transport = StringTransport.Connect(probe);
            probe.OnLine = _ =>
            {
                if (isGone)
                    transport.Disconnect();
                else
                    transport.LoseConnection();
            };
            transport.Receive("a\r\nb\r\nc");
            Assert.Equal(["a"], probe.Seen);
        }
    }

    [Fact]
    public void Bytes_fed_inside_a_callback_join_the_unfinished_line_and_go_first_as_in_Twisted()
    {
        var probe = new LineOnlyProbe();
        StringTransport transport = StringTransport.Connect(probe);
        probe.OnLine = line =>
        {
            if (line == "feed")
                probe.Give("+fed\r\nmore");
        };
        transport.Receive("fe");
        transport.Receive("ed\r\nb\r\nc");
        Assert.Equal(["feed", "c+fed", "b"], probe.Seen);
        transport.Receive("!\r\n");
        Assert.Equal("more!", probe.Seen[^1]);
    }

    [Fact]
    public void An_unfinished_line_made_too_long_inside_a_callback_is_told_twice_as_in_Twisted()
    {
        var probe = new LineOnlyProbe { Limit = 8 };
        StringTransport transport = StringTransport.Connect(probe);
        probe.OnLine = _ => probe.Give("+");
        transport.Receive("feed\r\n12345678");
        Assert.Equal(["feed", "long 12345678+", "long 12345678+"], probe.Seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("123456789\r\n")]
    public void A_connection_that_was_refused_keeps_nothing(string before)
    {
        var probe = new LineOnlyProbe { Limit = 8 };
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive(before + new string('x', 60_000));
        Assert.True(transport.IsDisconnecting);
        Assert.Equal(0, probe.Capacity);
    }

    [Fact]
    public void An_exception_in_a_callback_keeps_the_unfinished_line()
    {
        var probe = new LineOnlyProbe();
        StringTransport transport = StringTransport.Connect(probe);
        probe.OnLine = _ => throw new InvalidTimeZoneException();
        Assert.Throws<InvalidTimeZoneException>(() => transport.Receive("a\r\nb"));
        probe.OnLine = null;
        transport.Receive("c\r\n");
        Assert.Equal(["a", "bc"], probe.Seen);
    }

    [Fact]
    public void An_empty_delimiter_is_an_error()
    {
        var probe = new LineOnlyProbe { Ends = [] };
        StringTransport transport = StringTransport.Connect(probe);
        Assert.Throws<InvalidOperationException>(() => transport.Receive("a"));
    }
}
