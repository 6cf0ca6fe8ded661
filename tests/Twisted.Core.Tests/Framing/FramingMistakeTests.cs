using System.Text;
using Twisted.Testing;

namespace Twisted.Tests.Framing;

/// <summary>What framing says to mistakes of its users and its peers, and the plainest use of each sender.</summary>
public class FramingMistakeTests
{
    [Fact]
    public void Bytes_are_sent_as_they_are_after_their_length()
    {
        var counted = new Counted();
        StringTransport sent = StringTransport.Connect(counted);
        counted.SendString([1, 2, 3]);
        Assert.Equal([0, 3, 1, 2, 3], sent.Value());

        var netstrings = new Netstrings();
        sent = StringTransport.Connect(netstrings);
        netstrings.SendString("abc"u8);
        Assert.Equal("3:abc,", sent.Text);
    }

    [Fact]
    public void A_string_that_its_length_has_no_room_for_is_refused_and_nothing_is_sent()
    {
        var counted = new Counted();
        StringTransport sent = StringTransport.Connect(counted);
        var refused = Assert.Throws<ArgumentException>(() => counted.SendString(new byte[65_536]));
        Assert.StartsWith("A string of 65536 bytes does not fit", refused.Message, StringComparison.Ordinal);
        Assert.Equal("", sent.Text);
    }

    [Fact]
    public void No_text_is_no_string_and_no_line()
    {
        var counted = new Counted();
        StringTransport.Connect(counted);
        Assert.Throws<ArgumentNullException>(() => counted.SendString((string)null!));
        var lines = new Lines();
        StringTransport.Connect(lines);
        Assert.Throws<ArgumentNullException>(() => lines.SendLine((string)null!));
    }

    [Fact]
    public void A_sequence_refuses_negative_sizes_and_a_second_read_at_a_time()
    {
        var reading = new Reading(_ => new Deferred());
        StringTransport.Connect(reading);
        Assert.Throws<ArgumentOutOfRangeException>(() => { reading.Line(-1); });
        Assert.Throws<ArgumentOutOfRangeException>(() => { reading.Bytes(-1); });
        Deferred<string?> first = reading.Line(10);
        Assert.Equal("Another read is waiting: await it before you begin the next.",
            Assert.Throws<InvalidOperationException>(() => { reading.Bytes(1); }).Message);
        first.AssertNoResult();
    }

    [Fact]
    public void A_line_that_is_too_long_for_a_sequence_fails_the_read_and_closes()
    {
        var reading = new Reading(_ => new Deferred());
        StringTransport transport = StringTransport.Connect(reading);
        Deferred<string?> line = reading.Line(3);
        transport.Receive("abcdef");
        Assert.Equal("The peer sent a line of more than 3 bytes.", line.FailureResult<InvalidDataException>().Message);
        Assert.True(transport.IsDisconnecting);
        // What came with it is gone: no read finds it, and the end is the reason of all that follow.
        reading.Bytes(1).FailureResult<InvalidDataException>();
    }

    [Fact]
    public void An_empty_line_and_a_line_of_just_the_limit_are_lines()
    {
        var reading = new Reading(_ => new Deferred());
        StringTransport transport = StringTransport.Connect(reading);
        transport.Receive("\r\nabc\r\n");
        Assert.Equal("", reading.Line(3).SuccessResult());
        Assert.Equal("abc", reading.Line(3).SuccessResult());
    }

    [Fact]
    public void After_its_end_a_sequence_tells_what_is_left_and_then_that_nothing_is()
    {
        var reading = new Reading(_ => new Deferred());
        StringTransport transport = StringTransport.Connect(reading);
        transport.Receive("abc");
        transport.Disconnect(new ConnectionLostException());
        Assert.Equal("abc", Encoding.ASCII.GetString(reading.Bytes(3).SuccessResult()));
        Assert.Null(reading.Line(3).SuccessResult());
        reading.Bytes(1).FailureResult<ConnectionLostException>();
    }

    private sealed class Counted : Int16StringReceiver
    {
        protected override void StringReceived(ReadOnlySpan<byte> data) { }
    }

    private sealed class Netstrings : NetstringReceiver
    {
        protected override void StringReceived(ReadOnlySpan<byte> data) { }
    }

    private sealed class Lines : LineReceiver
    {
        protected override void LineReceived(ReadOnlySpan<byte> line) { }
    }

    private sealed class Reading(Func<Reading, Deferred> body) : SequentialProtocol
    {
        internal Deferred<string?> Line(int most) => ReadLine(most);

        internal Deferred<byte[]> Bytes(int count) => ReadExactly(count);

        protected override Deferred Run() => body(this);
    }
}
