using Twisted.Testing;

namespace Twisted.Tests.Framing;

public class IntNStringReceiverTests
{
    private readonly StringLog _log = new();

    [Theory]
    [InlineData(1, "\u0003abc\0\u0001x")]
    [InlineData(2, "\0\u0003abc\0\0\0\u0001x")]
    [InlineData(4, "\0\0\0\u0003abc\0\0\0\0\0\0\0\u0001x")]
    public void Strings_are_the_same_for_every_way_to_cut_the_stream(int prefix, string stream)
    {
        EverySplit.Check(Bytes.Of(stream), chunks =>
        {
            var log = new StringLog();
            IntNStringReceiver probe = Probe(prefix, log);
            StringTransport.Connect(probe);
            probe.Give(chunks);
            Assert.Equal(["abc", "", "x"], log.Seen);
        }, pieces: 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void What_is_sent_is_what_is_received(int prefix)
    {
        IntNStringReceiver sender = Probe(prefix, new StringLog());
        IntNStringReceiver receiver = Probe(prefix, _log);
        StringTransport wire = StringTransport.Connect(sender);
        StringTransport.Connect(receiver);
        sender.SendString("héllo");
        sender.SendString(""u8);
        sender.SendString(new byte[255]);
        ((IProtocol)receiver).DataReceived(wire.Value());
        Assert.Equal([Bytes.Text("héllo"u8), "", new string('\0', 255)], _log.Seen);
    }

    [Theory]
    [InlineData(1, 255)]
    [InlineData(2, 65535)]
    public void A_string_too_long_for_the_prefix_is_refused_and_nothing_is_written(int prefix, int limit)
    {
        IntNStringReceiver probe = Probe(prefix, _log);
        StringTransport transport = StringTransport.Connect(probe);
        var failure = Assert.Throws<ArgumentException>(() => probe.SendString(new byte[limit + 1]));
        Assert.Contains($"{limit} bytes", failure.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => probe.SendString(new string('é', (limit / 2) + 1)));
        Assert.Empty(transport.Value());
        probe.SendString(new byte[limit]);
        Assert.Equal(prefix + limit, transport.Value().Length);
    }

    [Fact]
    public void A_truncated_string_is_not_handed_out()
    {
        StringTransport transport = StringTransport.Connect(new Int16StringProbe(_log));
        transport.Receive("\0\u0002ab\0\u0004abc");
        transport.Disconnect();
        Assert.Equal(["ab"], _log.Seen);
    }

    [Fact]
    public void A_string_of_just_the_limit_passes_and_one_byte_more_closes_the_connection()
    {
        _log.Limit = 3;
        StringTransport transport = StringTransport.Connect(new Int32StringProbe(_log));
        transport.Receive("\0\0\0\u0003abc\0\0\0\u0004abcd");
        Assert.Equal(["abc", "long 4"], _log.Seen);
        Assert.True(transport.IsDisconnecting);
    }

    [Fact]
    public void The_longest_length_is_a_number_and_not_a_negative_one()
    {
        StringTransport transport = StringTransport.Connect(new Int32StringProbe(_log));
        transport.Receive([0xff, 0xff, 0xff, 0xff]);
        Assert.Equal(["long 4294967295"], _log.Seen);
    }

    [Fact]
    public void An_application_may_raise_the_limit_and_receive_the_string()
    {
        _log.Limit = 3;
        _log.OnTooLong = length => _log.Limit = (int)length;
        StringTransport transport = StringTransport.Connect(new Int8StringProbe(_log));
        transport.Receive("\u0004abcd\u0001x");
        Assert.Equal(["long 4", "abcd", "x"], _log.Seen);
    }

    [Fact]
    public void After_a_string_that_is_too_long_nothing_is_understood_any_more()
    {
        _log.Limit = 3;
        _log.OnTooLong = _ => { };
        var probe = new Int8StringProbe(_log);
        StringTransport transport = StringTransport.Connect(probe);
        transport.Receive("\u0001a\u0004abcd\u0001x");
        transport.Receive("\u0001y");
        probe.ResumeProducing();
        Assert.Equal(["a", "long 4"], _log.Seen);
        Assert.False(transport.IsDisconnecting);
    }

    [Fact]
    public void Strings_of_the_chunk_go_on_after_LoseConnection_but_not_after_the_end()
    {
        StringTransport transport = StringTransport.Connect(new Int8StringProbe(_log));
        _log.OnString = text =>
        {
            if (text == "a")
                transport.LoseConnection();
            else
                transport.Disconnect();
        };
        transport.Receive("\u0001a\u0001b\u0001c");
        Assert.Equal(["a", "b"], _log.Seen);
    }

    [Fact]
    public void A_paused_receiver_holds_its_strings_and_goes_on_with_them_on_resume()
    {
        var probe = new Int8StringProbe(_log);
        StringTransport transport = StringTransport.Connect(probe);
        _log.OnString = _ => probe.PauseProducing();
        transport.Receive("\u0001a\u0001b\u0001");
        transport.Receive("c");
        Assert.Equal(["a"], _log.Seen);
        probe.ResumeProducing();
        Assert.Equal(["a", "b"], _log.Seen);
        probe.ResumeProducing();
        Assert.Equal(["a", "b", "c"], _log.Seen);
    }

    [Fact]
    public void Bytes_fed_inside_a_callback_come_behind_those_that_wait()
    {
        var probe = new Int8StringProbe(_log);
        StringTransport transport = StringTransport.Connect(probe);
        _log.OnString = text =>
        {
            if (text == "feed")
                probe.Give("c\u0001d");
        };
        transport.Receive("\u0004fee");
        transport.Receive("d\u0001a\u0002b");
        Assert.Equal(["feed", "a", "bc", "d"], _log.Seen);
    }

    private static IntNStringReceiver Probe(int prefix, StringLog log) => prefix switch
    {
        1 => new Int8StringProbe(log),
        2 => new Int16StringProbe(log),
        _ => new Int32StringProbe(log),
    };
}
