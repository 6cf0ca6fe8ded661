namespace Twisted.Tests;

/// <summary>Who writes to a connection is told to pause and to go on.</summary>
public class StreamProducerTests : StreamTest
{
    private const int PauseAbove = 64 * 1024;

    private readonly Pusher _push = new();
    private readonly Puller _pull = new();

    [Fact]
    public void No_producer_cannot_be_registered()
    {
        StreamTransport line = Connect();
        Assert.Throws<ArgumentNullException>("producer", () => line.RegisterProducer((IPushProducer)null!));
        Assert.Throws<ArgumentNullException>("producer", () => line.RegisterProducer((IPullProducer)null!));
        line.RegisterProducer(_push); // nothing was left behind
    }

    [Fact]
    public void There_is_one_producer_at_a_time()
    {
        StreamTransport line = Connect();
        line.RegisterProducer(_push);
        AssertRefused(_push);
        line.UnregisterProducer();
        line.RegisterProducer(_pull);
        AssertRefused(_pull);

        void AssertRefused(object producer)
        {
            string text = $"Cannot register a producer: {producer} is registered and was never unregistered.";
            Assert.Equal(text, Assert.Throws<InvalidOperationException>(() => line.RegisterProducer(_push)).Message);
            Assert.Equal(text, Assert.Throws<InvalidOperationException>(() => line.RegisterProducer(_pull)).Message);
        }
    }

    [Theory]
    [InlineData(PauseAbove, false)]
    [InlineData(PauseAbove + 1, true)]
    public void A_producer_is_paused_at_once_while_too_much_waits(int waiting, bool pauses)
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        Callback(() => line.Write(new byte[waiting]));
        line.RegisterProducer(_push);
        Assert.Equal(pauses ? ["pause"] : [], _push.Told);
    }

    [Fact]
    public void A_producer_is_paused_once_and_goes_on_when_all_is_sent()
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        line.RegisterProducer(_push);
        Callback(() => line.Write(new byte[PauseAbove]));
        Assert.Empty(_push.Told);
        Callback(() => line.Write("x"u8));
        Callback(() => line.Write("y"u8));
        Assert.Equal(["pause"], _push.Told);
        Drain();
        Assert.Equal(["pause", "resume"], _push.Told);
    }

    [Fact]
    public void The_next_producer_is_paused_though_the_last_one_was()
    {
        StreamTransport line = Connect();
        Socket.Room = 0;
        line.RegisterProducer(_push);
        Callback(() => line.Write(new byte[PauseAbove + 1]));
        line.UnregisterProducer();
        var next = new Pusher();
        line.RegisterProducer(next);
        Assert.Equal(["pause"], next.Told);
    }

    [Fact]
    public void A_connection_that_is_being_lost_waits_for_its_producer_and_for_nothing_else()
    {
        StreamTransport line = Connect();
        line.RegisterProducer(_pull);
        Callback(line.LoseConnection);
        Assert.Equal(["made"], User.Heard);
        Callback(line.UnregisterProducer);
        Assert.Equal(["made", "ConnectionDoneException"], User.Heard);
    }

    [Fact]
    public void A_write_side_that_is_being_closed_waits_for_its_producer_and_for_nothing_else()
    {
        StreamTransport line = Connect(new HalfRecorder());
        line.RegisterProducer(_pull);
        Callback(line.LoseWriteConnection);
        Assert.Equal(0, Socket.ShutDowns);
        Callback(line.UnregisterProducer);
        Assert.Equal(1, Socket.ShutDowns);
    }

    [Fact]
    public void A_producer_that_comes_after_the_end_is_stopped_and_not_kept()
    {
        StreamTransport line = Connect();
        line.AbortConnection();
        Step();
        line.RegisterProducer(_push);
        line.RegisterProducer(_push);
        line.RegisterProducer(_pull);
        line.RegisterProducer(_pull);
        Assert.Equal(["stop", "stop"], _push.Told);
        Assert.Equal(["stop", "stop"], _pull.Told);
    }

    [Fact]
    public void A_producer_that_fails_to_stop_is_reported()
    {
        var failing = new Puller { OnStop = () => throw new NotSupportedException() };
        StreamTransport line = Connect();
        line.RegisterProducer(failing);
        line.AbortConnection();
        Step();
        Assert.Equal(["resume", "stop"], failing.Told);
        Assert.Contains("Unhandled error in StopProducing", Lines);
        Assert.Equal(["made", "ConnectionAbortedException"], User.Heard);
    }
}
