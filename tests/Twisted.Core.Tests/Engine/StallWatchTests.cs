namespace Twisted.Tests;

/// <summary>What of the engine is measured, and what of it is told.</summary>
public class StallWatchTests : EngineTest
{
    private static readonly TimeSpan Threshold = TimeSpan.FromMilliseconds(10);

    private readonly List<ReactorStall> _stalls = [];
    private TimeSpan _processor = TimeSpan.FromSeconds(100);

    private void Watch() => Loop.WatchStalls(Threshold, () => _processor, _stalls.Add);

    private void Work(double milliseconds)
    {
        Driver.Time.MoveTo(Driver.Time.Elapsed + TimeSpan.FromMilliseconds(milliseconds));
        _processor += TimeSpan.FromMilliseconds(milliseconds / 2);
    }

    private string Callback => Assert.Single(_stalls).Callback;

    [Fact]
    public void A_call_that_takes_longer_than_allowed_is_told_once()
    {
        Watch();
        Loop.CallFromThread(Slow);
        Loop.CallFromThread(() => Work(10));
        Step();
        Step();
        Assert.Equal("StallWatchTests.Slow: call from thread", Callback);
        Assert.Equal(TimeSpan.FromMilliseconds(30), _stalls[0].Elapsed);
        Assert.Equal(TimeSpan.FromMilliseconds(15), _stalls[0].Processor);
        Assert.Matches("^The reactor stood still 1 times, last for 30.0 ms in StallWatchTests.Slow: call from thread: ",
            Lines.Single());
    }

    private void Slow() => Work(30);

    [Fact]
    public void A_timer_is_measured_with_what_it_has_written()
    {
        Watch();
        Loop.CallLater(TimeSpan.Zero, () => Loop.FlushLater(new SlowToFlush(this)));
        Step();
        Assert.EndsWith(": timer", Callback, StringComparison.Ordinal);
        Loop.CallLater(TimeSpan.Zero, () => { });
        Step();
        Assert.Single(_stalls);
    }

    [Fact]
    public void Failures_of_measured_callbacks_are_reported_as_ever()
    {
        Watch();
        Loop.CallFromThread(Fail);
        Loop.CallLater(TimeSpan.Zero, Fail);
        Step();
        Assert.Equal(["Unhandled error in call from thread", "Unhandled error in timer"], Lines);
    }

    private static void Fail() => throw new NotSupportedException();

    [Fact]
    public void Without_a_clock_of_the_processor_all_the_time_counts()
    {
        Loop.WatchStalls(Threshold, null, _stalls.Add);
        Loop.CallFromThread(Slow);
        Step();
        Assert.Equal(TimeSpan.FromMilliseconds(30), Assert.Single(_stalls).Processor);
    }

    [Fact]
    public void Only_what_happened_meanwhile_is_put_down_to_collecting_and_compiling()
    {
        GC.Collect();
        Watch();
        Loop.CallFromThread(Slow);
        Step();
        ReactorStall stall = Assert.Single(_stalls);
        Assert.InRange(stall.Collecting, TimeSpan.Zero, GC.GetTotalPauseDuration() - TimeSpan.FromTicks(1));
        Assert.InRange(stall.Compiling, TimeSpan.Zero,
            System.Runtime.JitInfo.GetCompilationTime(currentThread: true) - TimeSpan.FromTicks(1));
    }

    [Fact]
    public void A_protocol_is_named_for_what_it_does_when_its_connection_is_ready()
    {
        Watch();
        var socket = new ScriptedSocket { Room = 0 };
        var protocol = new Recorder
        {
            OnMade = made => made.Line.Write("x"u8),
            OnData = (_, _) => Work(20),
        };
        new StreamTransport(Loop, socket, NoOwner.Instance).Start(protocol);
        Loop.Flush();
        socket.Readable("data");
        Assert.Equal("Twisted.Tests.Recorder: connection readable", Callback);
        Assert.Equal(["made", "data"], protocol.Heard);
        socket.Room = 1;
        protocol.Line.RegisterProducer(new SlowProducer(this));
        Assert.Single(_stalls);
        socket.Events!.OnWritable();
        Assert.Equal(["x"], socket.Sent);
        Assert.Equal("Twisted.Tests.Recorder: connection writable", _stalls[1].Callback);
    }

    [Fact]
    public void A_port_is_named_for_its_clients()
    {
        Watch();
        var listener = new ScriptedListener();
        Driver.Listeners.Enqueue(listener);
        IProtocolFactory factory = Factory.For(() => new Recorder { OnMade = _ => Work(20) });
        Loop.ListenTcp(0, factory);
        listener.Add(1);
        listener.Acceptable!();
        Assert.Equal($"{factory.GetType()}: connections to accept", Callback);
    }

    [Fact]
    public void What_is_inside_another_is_told_alone()
    {
        Watch();
        Action inner = Loop.Watched(Slow, "inner", "work");
        Loop.CallFromThread(inner);
        Step();
        Assert.Equal("System.String: work", Callback);
    }

    [Fact]
    public void Whoever_is_told_may_fail()
    {
        Loop.WatchStalls(Threshold, null, _ => throw new NotSupportedException());
        Loop.CallFromThread(Slow);
        Step();
        Assert.Equal("Unhandled error in Stalled callback", Lines.Last());
    }

    [Fact]
    public void Nothing_is_measured_unless_somebody_asks()
    {
        Action plain = Slow;
        Assert.Same(plain, Loop.Watched(plain, this, "work"));
        Loop.CallFromThread(plain);
        Step();
        Assert.Empty(Lines);
        Assert.Throws<ArgumentOutOfRangeException>("threshold",
            () => Loop.WatchStalls(TimeSpan.Zero, null, null));
    }

    private sealed class SlowToFlush(StallWatchTests test) : Flushable
    {
        internal override void Flush() => test.Work(20);
    }

    private sealed class SlowProducer(StallWatchTests test) : IPullProducer
    {
        private bool _asked;

        public void ResumeProducing()
        {
            if (_asked)
                test.Work(20);
            _asked = true;
        }

        public void StopProducing() { }
    }
}
