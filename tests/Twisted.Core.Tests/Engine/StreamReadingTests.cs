using Microsoft.Win32.SafeHandles;

namespace Twisted.Tests;

/// <summary>From the poller to DataReceived, and what is counted of a connection.</summary>
public class StreamReadingTests : StreamTest
{
    [Fact]
    public void A_paused_connection_reads_nothing_though_its_socket_is_readable()
    {
        StreamTransport line = Connect();
        line.PauseProducing();
        Socket.Readable("later");
        Assert.Equal(["made"], User.Heard);
        Assert.Single(Socket.Input);
        Callback(line.ResumeProducing);
        Socket.Events!.OnReadable();
        Assert.Equal(["made", "later"], User.Heard);
    }

    [Fact]
    public void Over_a_layer_nothing_is_counted_as_bytes_of_the_wire()
    {
        Callback(() => ((ILayerHost)Loop).Open(Socket, User));
        Socket.Readable("hello");
        Callback(() => User.Line.Write("hi"u8));
        Assert.Equal((0, 0, 2), (Loop.Bytes.Received, Loop.Bytes.Sent, Loop.Bytes.GivenToLayers));
    }

    [Fact]
    public void A_connection_that_somebody_else_has_accepted_is_counted_until_its_end()
    {
        IConnectionOwner owner = new AdoptedOwner(Loop);
        Assert.Same(Loop.Accepted, owner.Counts);
        Assert.Equal((1, 1), (Loop.Accepted.Made, Loop.Accepted.Open));
        owner.ConnectionEnded(new ConnectionDoneException());
        Assert.Equal((1, 0), (Loop.Accepted.Made, Loop.Accepted.Open));
    }

    [Fact]
    public void What_a_callback_wrote_is_sent_when_it_returns()
    {
        User = new Recorder
        {
            OnData = (user, text) =>
            {
                user.Line.Write("re: "u8);
                user.Line.Write([.. text.Select(letter => (byte)letter)]);
                Assert.Empty(Socket.Sent);
            },
        };
        Connect();
        Socket.Readable("hello");
        Assert.Equal(["re: hello"], Socket.Sent);
    }

    [Fact]
    public void A_protocol_that_takes_descriptors_hears_bytes_of_a_socket_that_has_none()
    {
        var user = new Receiver();
        Connect(user);
        Socket.Readable("bytes");
        Assert.Equal(["made", "bytes"], user.Heard);
    }

    [Fact]
    public void A_protocol_that_knows_half_close_may_answer_the_end_of_the_stream()
    {
        var user = new HalfRecorder();
        StreamTransport line = Connect(user);
        Socket.Readable("");
        Callback(() => line.Write("bye"u8));
        Assert.Equal(["made", "read closed"], user.Heard);
        Assert.Equal(["bye"], Socket.Sent);
        Assert.Equal((false, false), Socket.Interests.Last());
        Callback(line.LoseConnection);
        Assert.IsType<ConnectionDoneException>(Reason);
    }

    [Fact]
    public void For_others_the_end_of_the_stream_is_the_end()
    {
        Connect();
        Socket.Readable("");
        Assert.Equal(["made", "ConnectionDoneException"], User.Heard);
        Assert.IsType<ConnectionDoneException>(Reason);
        Assert.Empty(Loop.Connections.ToArray());
    }

    [Fact]
    public void A_socket_that_breaks_while_it_reads_ends_the_connection_with_its_failure()
    {
        Connect();
        Socket.Input.Enqueue(null);
        Socket.Events!.OnReadable();
        Assert.Equal("Connection to the other side was lost in a non-clean fashion: 104: Connection reset by peer.",
            Assert.IsType<ConnectionLostException>(Reason).Message);
    }

    [Fact]
    public void Bytes_of_the_wire_are_counted()
    {
        StreamTransport line = Connect();
        Socket.Readable("hello");
        Socket.Room = 2;
        Callback(() => line.Write("abc"u8));
        ByteCounts bytes = Loop.Bytes;
        Assert.Equal((5, 3, 2, 0), (bytes.Received, bytes.Written, bytes.Sent, bytes.GivenToLayers));
        line.AbortConnection();
        Assert.Equal(1, bytes.Dropped);
    }

    [Fact]
    public void Bytes_of_a_layer_are_not_those_of_the_wire()
    {
        StreamTransport line = Connect(overLayer: true);
        Socket.Readable("hello");
        Callback(() => line.Write("abc"u8));
        ByteCounts bytes = Loop.Bytes;
        Assert.Equal((0, 3, 0, 3), (bytes.Received, bytes.Written, bytes.Sent, bytes.GivenToLayers));
    }

    private sealed class Receiver : Recorder, IFileDescriptorReceiver
    {
        public void FileDescriptorReceived(SafeFileHandle descriptor) => Heard.Add("descriptor");
    }
}
