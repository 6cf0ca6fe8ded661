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
        Assert.Throws<ArgumentNullException>("text", () => counted.SendString((string)null!));
        var lines = new Lines();
        StringTransport.Connect(lines);
        Assert.Throws<ArgumentNullException>("line", () => lines.SendLine((string)null!));
    }

    [Fact]
    public void A_sequence_refuses_negative_sizes_and_a_second_read_at_a_time()
    {
        var reading = new Reading(_ => new Deferred());
        StringTransport.Connect(reading);
        Assert.Throws<ArgumentOutOfRangeException>("maxLength", () => { reading.Line(-1); });
        Assert.Throws<ArgumentOutOfRangeException>("count", () => { reading.Bytes(-1); });
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

    [Fact]
    public void A_length_of_two_bytes_is_sent_with_the_high_one_first()
    {
        var counted = new Counted();
        StringTransport sent = StringTransport.Connect(counted);
        counted.SendString(new byte[300]);
        Assert.Equal([1, 44], sent.Value()[..2]);
        Assert.Equal(302, sent.Value().Length);
    }

    [Fact]
    public void A_line_that_holds_its_own_delimiter_is_refused_and_without_a_delimiter_none_is()
    {
        var lines = new LineProbe { Ends = "|"u8.ToArray() };
        StringTransport sent = StringTransport.Connect(lines);
        Assert.StartsWith("A line cannot hold its own delimiter (at 0): the peer would read two lines.",
            Assert.Throws<ArgumentException>("line", () => lines.SendLine("|x")).Message, StringComparison.Ordinal);
        Assert.Equal("", sent.Text);
        lines.Ends = [];
        lines.SendLine("|x");
        Assert.Equal("|x", sent.Text);
    }

    [Fact]
    public void Settings_that_cannot_be_are_said_with_the_class_that_has_them()
    {
        var netstrings = new Netstrings { Most = 0 };
        StringTransport.Connect(netstrings);
        Assert.Equal("Netstrings.MaxLength is 0: it has to be at least 1.", Assert.Throws<InvalidOperationException>(
            () => ((IProtocol)netstrings).DataReceived("1:a,"u8)).Message);
        var lines = new EndlessLines();
        StringTransport.Connect(lines);
        Assert.Equal("EndlessLines.Delimiter is empty: no line could ever end.",
            Assert.Throws<InvalidOperationException>(() => ((IProtocol)lines).DataReceived("a"u8)).Message);
    }

    [Fact]
    public void A_sender_of_files_needs_both_ends_and_sends_one_file_at_a_time()
    {
        var sender = new FileSender();
        StringTransport transport = StringTransport.Connect(new Lines());
        using var file = new MemoryStream(new byte[40_000]);
        Assert.Throws<ArgumentNullException>("file", () => { sender.BeginFileTransfer(null!, transport); });
        Assert.Throws<ArgumentNullException>("consumer", () => { sender.BeginFileTransfer(file, null!); });
        sender.BeginFileTransfer(file, transport).Forget();
        Assert.Equal("This FileSender is sending a file: make another one, or wait.",
            Assert.Throws<InvalidOperationException>(() => { sender.BeginFileTransfer(file, transport); }).Message);
    }

    [Fact]
    public void A_conversation_of_states_needs_a_connection()
    {
        var states = new StringStates(_ => null);
        Assert.Throws<ArgumentNullException>("transport", () => states.Next("x"u8, null!));
        Assert.NotNull(states.Current);
    }

    [Fact]
    public void What_is_unfinished_is_held_input_until_the_stream_makes_no_sense()
    {
        var lines = new LineProbe { Limit = 10 };
        StringTransport transport = StringTransport.Connect(lines);
        Assert.False(((IHoldsInput)lines).HasInput);
        transport.Receive("abc");
        Assert.True(((IHoldsInput)lines).HasInput);
        var counted = new Counted();
        transport = StringTransport.Connect(counted);
        transport.Receive([255, 255, 1, 2, 3]);
        Assert.True(transport.IsDisconnecting);
        Assert.False(((IHoldsInput)counted).HasInput);
    }

    [Fact]
    public void Who_stops_producing_hands_out_no_more()
    {
        var lines = new LineProbe();
        lines.OnLine = _ => lines.StopProducing();
        StringTransport.Connect(lines).Receive("a\r\nb\r\n");
        Assert.True(lines.IsPaused);
        Assert.Equal(["a"], lines.Seen);
    }

    private sealed class Counted : Int16StringReceiver
    {
        protected override int MaxLength => 1000;

        protected override void StringReceived(ReadOnlySpan<byte> data) { }
    }

    private sealed class Netstrings : NetstringReceiver
    {
        internal int Most { get; init; } = 1000;

        protected override int MaxLength => Most;

        protected override void StringReceived(ReadOnlySpan<byte> data) { }
    }

    private sealed class Lines : LineReceiver
    {
        protected override void LineReceived(ReadOnlySpan<byte> line) { }
    }

    private sealed class EndlessLines : LineOnlyReceiver
    {
        protected override ReadOnlySpan<byte> Delimiter => default;

        protected override void LineReceived(ReadOnlySpan<byte> line) { }
    }

    private sealed class Reading(Func<Reading, Deferred> body) : SequentialProtocol
    {
        internal Deferred<string?> Line(int most) => ReadLine(most);

        internal Deferred<byte[]> Bytes(int count) => ReadExactly(count);

        protected override Deferred Run() => body(this);
    }
}
