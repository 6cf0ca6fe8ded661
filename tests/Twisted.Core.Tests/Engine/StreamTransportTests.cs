namespace Twisted.Tests;

/// <summary>The life of a connection: what it wants to hear of, what it can, and its ends.</summary>
public class StreamTransportTests : StreamTest
{
    [Fact]
    public void The_poller_is_told_once_that_a_new_connection_reads()
    {
        Connect();
        Assert.Equal([(true, false)], Socket.Interests);
    }

    [Fact]
    public void What_goes_out_at_once_asks_nothing_of_the_poller()
    {
        StreamTransport line = Connect();
        Callback(() => line.Write("hello"u8));
        Assert.Equal(["hello"], Socket.Sent);
        Assert.Single(Socket.Interests);
    }

    [Fact]
    public void Pausing_and_going_on_within_a_callback_is_told_once()
    {
        StreamTransport line = Connect();
        Callback(() =>
        {
            line.PauseProducing();
            line.ResumeProducing();
            line.PauseProducing();
        });
        Assert.Equal([(true, false), (false, false)], Socket.Interests);
    }

    [Fact]
    public void A_connection_that_is_being_lost_stops_reading_and_waits_for_what_it_has_to_send()
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        Callback(() => line.Write("the rest"u8));
        Callback(line.LoseConnection);
        Assert.Equal([(true, false), (true, true), (false, true)], Socket.Interests);
        Assert.True(line.IsDisconnecting);
        Drain();
        Assert.Equal(["the rest"], Socket.Sent);
        Assert.Equal((1, false), (Socket.Closes, Socket.WasAborted));
        Assert.Equal(["made", "ConnectionDoneException"], User.Heard);
        Assert.False(line.IsDisconnecting);
    }

    [Fact]
    public void Losing_a_connection_twice_is_the_same_as_once()
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        Callback(() => line.Write("the rest"u8));
        Callback(line.LoseConnection);
        int sends = Socket.Sends;
        int told = Socket.Interests.Count;
        Callback(line.LoseConnection);
        Assert.Equal((sends, told), (Socket.Sends, Socket.Interests.Count));
    }

    [Fact]
    public void Losing_a_connection_that_is_being_aborted_changes_nothing()
    {
        StreamTransport line = Connect();
        Callback(line.AbortConnection);
        int told = Socket.Interests.Count;
        Callback(line.LoseConnection);
        Assert.Equal(told, Socket.Interests.Count);
        Step();
        Callback(line.LoseConnection);
        Assert.Equal(["made", "ConnectionAbortedException"], User.Heard);
        Assert.False(line.IsDisconnecting);
        Assert.Equal(1, Socket.Closes);
    }

    [Fact]
    public void An_abort_drops_what_waits_at_once_and_ends_in_the_next_iteration()
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        Callback(() => line.Write("abc"u8));
        line.AbortConnection();
        Assert.Equal(0, line.Unsent);
        Assert.Equal(3, Loop.Bytes.Dropped);
        Loop.Flush();
        Assert.Equal((false, false), Socket.Interests.Last());
        Assert.Equal(["made"], User.Heard);
        Step();
        Assert.Equal(["made", "ConnectionAbortedException"], User.Heard);
        Assert.True(Socket.WasAborted);
    }

    [Fact]
    public void Aborting_again_queues_nothing()
    {
        StreamTransport line = Connect();
        line.AbortConnection();
        line.AbortConnection();
        Assert.Equal(1, Loop.QueueLength);
        Step();
        line.AbortConnection();
        Assert.Equal(0, Loop.QueueLength);
    }

    [Fact]
    public void The_poller_hears_nothing_of_a_socket_that_is_closed()
    {
        User = new Recorder
        {
            OnData = (user, _) =>
            {
                user.Line.PauseProducing();
                throw new NotSupportedException("no data");
            },
        };
        Connect();
        Socket.Readable("x");
        Assert.Equal(["made", "x", "NotSupportedException"], User.Heard);
        Assert.Equal([(true, false)], Socket.Interests);
        Assert.Contains("Unhandled error in DataReceived", Lines);
    }

    [Fact]
    public void A_socket_that_cannot_be_watched_is_lost()
    {
        Socket.IsUnwatchable = true;
        Socket.Failure = Socket.Failure with { Code = 28, Text = "No space left on device" };
        Connect();
        Assert.Equal(["made"], User.Heard);
        Step();
        Assert.Equal("Connection to the other side was lost in a non-clean fashion: 28: No space left on device.",
            Assert.IsType<ConnectionLostException>(Reason).Message);
    }

    [Fact]
    public void What_is_connected_after_the_shutdown_is_lost_at_once()
    {
        Loop.Stop();
        Step();
        Connect();
        Step();
        Assert.Equal(["made", "ConnectionLostException"], User.Heard);
        Assert.Equal((1, false), (Socket.Closes, Socket.WasAborted));
    }

    [Fact]
    public void A_protocol_that_throws_when_it_is_connected_loses_the_connection()
    {
        User = new Recorder { OnMade = _ => throw new NotSupportedException() };
        Connect();
        Assert.Equal(["made", "ConnectionDoneException"], User.Heard);
        Assert.Contains("Unhandled error in MakeConnection", Lines);
    }

    [Fact]
    public void Only_a_connection_of_TCP_has_the_abilities_of_TCP()
    {
        Socket.Ability = new KeepAlive();
        StreamTransport tcp = Connect();
        Assert.Same(tcp, tcp.Get<ITcpTransport>());
        Assert.Same(Socket.Ability, tcp.Get<ITcpKeepAlive>());
        Socket = new ScriptedSocket { Peer = PipeEndPoint.StandardIO, Ability = Socket.Ability };
        StreamTransport pipe = Connect();
        Assert.Null(pipe.Get<ITcpTransport>());
        Assert.Null(pipe.Get<ITcpKeepAlive>());
        Assert.Same(pipe, pipe.Get<IHalfCloseable>());
    }

    [Fact]
    public void The_nearest_that_has_an_ability_is_asked_for_it()
    {
        StreamTransport line = Connect();
        Assert.Same(Loop, line.Get<IReactorTcpOptions>());
        Assert.Null(line.Get<ISendsFileDescriptors>());
        var other = new ReactorBase(new ScriptedDriver());
        Socket.Ability = other;
        Assert.Same(other, line.Get<IReactorTcpOptions>());
        Socket.Ability = new StreamTransport(other, new ScriptedSocket(), Whose);
        Assert.Same(line, line.Get<ITcpTransport>());
    }

    [Fact]
    public void A_slow_callback_is_told_by_the_name_of_its_protocol_when_somebody_watches()
    {
        var stalls = new List<string>();
        var second = TimeSpan.FromSeconds(1);
        Loop.WatchStalls(second, processorTime: null, stall => stalls.Add(stall.Callback));
        User = new Recorder { OnData = (_, _) => Driver.Time.MoveTo(Driver.Time.Elapsed + (2 * second)) };
        Connect();
        Socket.Readable("x");
        Assert.Equal(["Twisted.Tests.Recorder: connection readable"], stalls);
    }

    [Fact]
    public void Bytes_that_went_nowhere_are_told_once()
    {
        var broken = new Invariants(Log.Logging.CreateLogger("rules"));
        var bytes = new ByteCounts { Written = 10, Sent = 3, GivenToLayers = 2 };
        bytes.Check(broken);
        bytes.Check(broken);
        Assert.Equal(1, broken.Broken);
    }

    [Fact]
    public void A_connection_leaves_the_open_ones_once()
    {
        var open = new ConnectionSet();
        StreamTransport[] lines = [New(), New(), New()];
        foreach (StreamTransport line in lines)
            open.Add(line);
        open.Remove(lines[0]);
        open.Remove(lines[0]);
        Assert.Equal([lines[2], lines[1]], open.ToArray());

        StreamTransport New() => new(Loop, new ScriptedSocket(), Whose);
    }

    private sealed class KeepAlive : ITcpKeepAlive
    {
        public TimeSpan Idle { get; set; }

        public TimeSpan Interval { get; set; }

        public int Count { get; set; }

        public TimeSpan UserTimeout { get; set; }
    }
}
