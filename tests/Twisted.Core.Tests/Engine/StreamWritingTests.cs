namespace Twisted.Tests;

/// <summary>From Write to send.</summary>
public class StreamWritingTests : StreamTest
{
    private const int Cap = StreamTransport.HardCap;

    [Theory]
    [InlineData(8191, 0)]
    [InlineData(8192, 1)]
    [InlineData(20_000, 1)]
    public void An_echo_of_many_bytes_is_sent_from_where_they_lie(int size, int inPlace)
    {
        Socket.Lender = Loop.ReceiveBuffer;
        Connect(new Echo());
        string data = new('x', size);
        Socket.Readable(data);
        Assert.Equal([data], Socket.Sent);
        Assert.Equal(inPlace, Socket.SentInPlace);
    }

    [Fact]
    public void An_echo_that_does_not_go_out_at_once_is_copied_before_more_comes()
    {
        Socket.Room = 0;
        Connect(new Echo());
        string[] data = [new('a', 9000), new('b', 9000)];
        Socket.Readable(data[0]);
        Socket.Readable(data[1]);
        Drain();
        Assert.Equal(data[0] + data[1], string.Concat(Socket.Sent));
    }

    [Fact]
    public void An_echo_that_waits_for_the_socket_with_a_producer_is_copied_before_more_comes()
    {
        StreamTransport line = Connect(new Echo());
        line.RegisterProducer(new Puller());
        Drain(); // nothing waits, and the next piece is to go in the next iteration
        string[] data = [new('a', 9000), new('b', 9000)];
        Socket.Readable(data[0]);
        Socket.Readable(data[1]);
        Assert.Empty(Socket.Sent);
        Drain();
        Assert.Equal(data[0] + data[1], string.Concat(Socket.Sent));
        line.UnregisterProducer();
    }

    [Fact]
    public void What_the_socket_has_no_room_for_follows_when_it_has()
    {
        StreamTransport line = Connect();
        Socket.Room = 2;
        Callback(() => line.Write("hello"u8));
        Assert.Equal(3, line.Unsent);
        Callback(() => line.Write(" you"u8));
        Assert.Equal(["he"], Socket.Sent);
        Assert.Equal(1, Socket.Sends);
        Drain();
        Assert.Equal(["he", "llo you"], Socket.Sent);
        Assert.Equal([(true, false), (true, true), (true, false)], Socket.Interests);
    }

    [Fact]
    public void A_socket_that_breaks_while_it_sends_ends_the_connection_with_its_failure()
    {
        StreamTransport line = Connect();
        Socket.Room = null;
        Callback(() => line.Write("hello"u8));
        Assert.Equal("Connection to the other side was lost in a non-clean fashion: 104: Connection reset by peer.",
            Assert.IsType<ConnectionLostException>(Reason).Message);
        Assert.Equal(["made", "ConnectionLostException"], User.Heard);
        Assert.Equal((1, 1, false), (Socket.Sends, Socket.Closes, Socket.WasAborted));
        Assert.Equal(5, Loop.Bytes.Dropped);
    }

    [Fact]
    public void A_negative_amount_of_room_cannot_be_asked_for()
    {
        StreamTransport line = Connect();
        Assert.Throws<ArgumentOutOfRangeException>("sizeHint", () => line.GetMemory(-1));
        Assert.Equal(4096, line.GetMemory(0).Length);
    }

    [Fact]
    public void After_the_end_there_is_room_that_leads_nowhere()
    {
        StreamTransport line = Connect();
        line.AbortConnection();
        Assert.Equal(10, line.GetMemory(10).Length);
        Assert.Equal(1, line.GetSpan().Length);
        line.Advance(10);
        Step();
        line.Write("x"u8);
        Assert.Equal((0, 0), (line.Unsent, Loop.Bytes.Written));
    }

    [Fact]
    public void An_advance_by_nothing_sends_nothing_and_asks_nobody_for_more()
    {
        StreamTransport line = Connect();
        var producer = new Puller();
        line.RegisterProducer(producer);
        Callback(() => line.Advance(Span(0)));
        Callback(() => line.Write([]));
        Assert.Equal(["resume"], producer.Told);
        Callback(() => line.Advance(Span(1)));
        Assert.Equal(["resume", "resume"], producer.Told);

        int Span(int size)
        {
            line.GetSpan(1)[0] = (byte)'x';
            return size;
        }
    }

    [Fact]
    public void A_write_behind_more_than_the_cap_aborts_the_connection()
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        Callback(() => line.Write(new byte[Cap]));
        Callback(() => line.Write("x"u8));
        Assert.Equal(Cap + 1, line.Unsent);
        Callback(() => line.Write("y"u8));
        AssertExceeded(line, written: Cap + 1);
    }

    [Fact]
    public void An_advance_behind_more_than_the_cap_aborts_the_connection()
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        Callback(() => line.Write(new byte[Cap]));
        Callback(() => Append('x'));
        Assert.Equal(Cap + 1, line.Unsent);
        Callback(() => Append('y'));
        AssertExceeded(line, written: Cap + 2);

        void Append(char what)
        {
            line.GetSpan(1)[0] = (byte)what;
            line.Advance(1);
        }
    }

    private void AssertExceeded(StreamTransport line, long written)
    {
        Assert.Equal((0, true), (line.Unsent, line.IsDisconnecting));
        Step();
        WriteBufferExceededException reason = Assert.IsType<WriteBufferExceededException>(Reason);
        Assert.Equal((Cap + 1, Cap), (reason.Pending, reason.Limit));
        Assert.True(Socket.WasAborted);
        Assert.Equal((written, written), (Loop.Bytes.Written, Loop.Bytes.Dropped));
    }

    [Fact]
    public void Closing_the_write_side_twice_asks_a_producer_once()
    {
        StreamTransport line = Connect(new HalfRecorder());
        var producer = new Puller();
        line.RegisterProducer(producer);
        Callback(line.LoseWriteConnection);
        Assert.Equal(["resume", "resume"], producer.Told);
        Callback(line.LoseWriteConnection);
        Assert.Equal(["resume", "resume"], producer.Told);
        Assert.Equal(0, Socket.ShutDowns);
    }

    [Fact]
    public void The_write_side_is_closed_behind_what_was_written()
    {
        var user = new HalfRecorder();
        StreamTransport line = Connect(user);
        Socket.Room = 0;
        Callback(() => line.Write("last"u8));
        Callback(line.LoseWriteConnection);
        line.Write("dropped"u8);
        Assert.Equal(0, Socket.ShutDowns);
        Drain();
        Assert.Equal(["last"], Socket.Sent);
        Assert.Equal(1, Socket.ShutDowns);
        Assert.Equal(["made", "write closed"], user.Heard);
        Socket.Readable("go on");
        Assert.Equal(["made", "write closed", "go on"], user.Heard);
    }

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }
}
