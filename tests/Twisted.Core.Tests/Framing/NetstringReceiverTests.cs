using Twisted.Testing;

namespace Twisted.Tests.Framing;

public class NetstringReceiverTests
{
    private readonly StringLog _log = new();

    [Theory]
    [InlineData("5:hello,0:,3:a,b,", "hello||a,b")]
    [InlineData("12:hello world!,", "hello world!")]
    [InlineData("1:a,2:bc,3:d", "a|bc")]
    public void Netstrings_are_the_same_for_every_way_to_cut_the_stream(string stream, string expected)
    {
        EverySplit.Check(Bytes.Of(stream), chunks =>
        {
            var log = new StringLog();
            var probe = new NetstringProbe(log);
            StringTransport transport = StringTransport.Connect(probe);
            probe.Give(chunks);
            Assert.Equal(expected.Split('|'), log.Seen);
            Assert.False(probe.BrokenPeer);
            Assert.False(transport.IsDisconnecting);
        }, pieces: 3);
    }

    [Theory]
    [InlineData("x")]
    [InlineData(":")]
    [InlineData("-1:a,")]
    [InlineData("+1:a,")]
    [InlineData(" 1:a,")]
    [InlineData("1 :a,")]
    [InlineData("01:a,")]
    [InlineData("00:,")]
    [InlineData("1:ab")]
    [InlineData("0:x")]
    [InlineData("\n")]
    [InlineData("12\nx")]
    [InlineData("100000")]
    [InlineData("99999999999999999999999999")]
    public void What_is_no_netstring_breaks_the_peer_for_every_way_to_cut_the_stream(string bad)
    {
        EverySplit.Check(Bytes.Of("1:a," + bad), chunks =>
        {
            var log = new StringLog();
            var probe = new NetstringProbe(log);
            StringTransport transport = StringTransport.Connect(probe);
            probe.Give(chunks);
            Assert.Equal("a", log.Seen[0]);
            Assert.True(probe.BrokenPeer);
            Assert.True(transport.IsDisconnecting);
        });
    }

    [Fact]
    public void Nothing_is_received_from_a_broken_peer()
    {
        var probe = new NetstringProbe(_log);
        StringTransport.Connect(probe);
        probe.Give("1:ab");
        probe.Give("1:c,");
        Assert.Empty(_log.Seen);
    }

    [Fact]
    public void A_number_and_a_line_feed_are_refused_one_byte_later_as_in_Twisted()
    {
        var probe = new NetstringProbe(_log);
        StringTransport.Connect(probe);
        probe.Give("12\n");
        Assert.False(probe.BrokenPeer);
        probe.Give("\n");
        Assert.True(probe.BrokenPeer);
    }

    [Fact]
    public void A_string_of_just_the_limit_passes_and_one_byte_more_is_refused_at_its_length()
    {
        _log.Limit = 10;
        var probe = new NetstringProbe(_log);
        StringTransport transport = StringTransport.Connect(probe);
        probe.Give("10:0123456789,11");
        Assert.Equal(["0123456789", "long 11"], _log.Seen);
        Assert.True(probe.BrokenPeer);
        Assert.True(transport.IsDisconnecting);
    }

    [Fact]
    public void The_connection_is_closed_even_when_an_override_does_not()
    {
        _log.Limit = 10;
        _log.OnTooLong = _ => { };
        StringTransport transport = StringTransport.Connect(new NetstringProbe(_log));
        transport.Receive("11:");
        Assert.True(transport.IsDisconnecting);
    }

    [Fact]
    public void A_limit_that_allows_nothing_is_an_error_of_the_program()
    {
        _log.Limit = 0;
        var probe = new NetstringProbe(_log);
        StringTransport.Connect(probe);
        Assert.Throws<InvalidOperationException>(() => probe.Give("0:,"));
    }

    [Fact]
    public void A_changed_limit_holds_from_the_next_string_on()
    {
        var probe = new NetstringProbe(_log);
        StringTransport.Connect(probe);
        _log.OnString = _ => _log.Limit = 2;
        probe.Give("3:abc,2:de,3:");
        Assert.Equal(["abc", "de", "long 3"], _log.Seen);
    }

    [Fact]
    public void Pause_holds_netstrings_too_and_resume_goes_on()
    {
        var probe = new NetstringProbe(_log);
        StringTransport transport = StringTransport.Connect(probe);
        _log.OnString = _ => probe.PauseProducing();
        transport.Receive("1:a,1:b,");
        Assert.Equal(["a"], _log.Seen);
        probe.ResumeProducing();
        Assert.Equal(["a", "b"], _log.Seen);
    }

    [Fact]
    public void Bytes_fed_inside_a_callback_come_behind_those_that_wait()
    {
        var probe = new NetstringProbe(_log);
        StringTransport.Connect(probe);
        _log.OnString = text =>
        {
            if (text == "feed")
                probe.Give("c,1:d,");
        };
        probe.Give("4:fee");
        probe.Give("d,1:a,2:b");
        Assert.Equal(["feed", "a", "bc", "d"], _log.Seen);
    }

    [Fact]
    public void What_is_sent_is_a_netstring()
    {
        var probe = new NetstringProbe(_log);
        StringTransport transport = StringTransport.Connect(probe);
        probe.SendString("hello");
        probe.SendString(""u8);
        probe.SendString("héllo wörld");
        Assert.Equal("5:hello,0:,13:héllo wörld,", transport.Text);
    }
}
