namespace Twisted.Tests;

/// <summary>One iteration of the engine: what it does, in which order, and how long it waits.</summary>
public class ReactorLoopTests : EngineTest
{
    private readonly List<string> _done = [];

    [Fact]
    public void An_iteration_says_whether_anything_was_done()
    {
        Assert.False(Step());
        Loop.CallFromThread(() => { });
        Assert.True(Step());
        Assert.False(Step());
        Loop.CallLater(TimeSpan.Zero, () => { });
        Assert.True(Step());
        Driver.Events.Enqueue(() => { });
        Assert.True(Step());
        Loop.FlushLater(new Noted(_done));
        Assert.True(Step());
        Assert.False(Step());
        Loop.CallWhenRunning(Loop.Stop);
        Assert.True(Step());
    }

    [Theory]
    [InlineData(true, true, false, false)]
    [InlineData(false, true, true, false)]
    [InlineData(false, true, false, true)]
    [InlineData(false, false, true, true)]
    [InlineData(true, false, false, true)]
    public void Two_kinds_of_work_are_not_taken_for_none(bool written, bool calls, bool timers, bool events)
    {
        if (written)
            Loop.FlushLater(new Noted(_done));
        if (calls)
            Loop.CallFromThread(() => { });
        if (timers)
            Loop.CallLater(TimeSpan.Zero, () => { });
        if (events)
            Driver.Events.Enqueue(() => { });
        Assert.True(Step());
    }

    [Fact]
    public void Calls_come_before_timers_and_timers_before_events_and_each_is_flushed_at_once()
    {
        void Work(string what) => Loop.FlushLater(new Noted(_done, what));
        Driver.Events.Enqueue(() => _done.Add("event"));
        Loop.CallLater(TimeSpan.Zero, () => Work("timer"));
        Loop.CallLater(TimeSpan.Zero, () => _done.Add("second timer"));
        Loop.CallFromThread(() => Work("call"));
        Loop.CallFromThread(() => _done.Add("second call"));
        Work("before");
        Step();
        Assert.Equal(["before", "call", "second call", "timer", "second timer", "event"], _done);
    }

    [Fact]
    public void A_call_that_is_made_by_a_call_belongs_to_the_next_iteration()
    {
        Loop.CallFromThread(() => Loop.CallFromThread(() => _done.Add("second")));
        Step();
        Assert.Empty(_done);
        Step();
        Assert.Equal(["second"], _done);
    }

    [Fact]
    public void It_waits_until_the_first_timer_and_not_at_all_when_there_is_work()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, Loop.TimeToWait());
        Assert.Null(Loop.NextDue);
        Loop.CallLater(TimeSpan.FromSeconds(5), () => { });
        Driver.Time.MoveTo(TimeSpan.FromSeconds(2));
        Assert.Equal(TimeSpan.FromSeconds(3), Loop.TimeToWait());
        Assert.Equal(TimeSpan.FromSeconds(5), Loop.NextDue);
        Loop.CallFromThread(() => { });
        Assert.Equal(TimeSpan.Zero, Loop.TimeToWait());
        Assert.Equal(TimeSpan.Zero, Loop.NextDue);
        Step();
        Driver.Time.MoveTo(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.Zero, Loop.TimeToWait());
        Step();
        Loop.FlushLater(new Noted(_done));
        Assert.Equal(TimeSpan.Zero, Loop.NextDue);
        Loop.Flush();
        Loop.Stop();
        Assert.Equal(TimeSpan.Zero, Loop.TimeToWait());
        Assert.Equal(TimeSpan.Zero, Loop.NextDue);
    }

    [Fact]
    public void A_loop_that_has_crashed_does_not_wait()
    {
        Loop.Crash();
        Assert.Equal(TimeSpan.Zero, Loop.TimeToWait());
    }

    [Fact]
    public void Only_a_loop_that_may_wait_does()
    {
        Loop.CallLater(TimeSpan.FromSeconds(5), () => { });
        Loop.Iterate(mayWait: false);
        Loop.Iterate(mayWait: true);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(5)], Driver.Waits);
    }

    [Fact]
    public void Failures_name_what_has_failed_and_stop_nothing_else()
    {
        Action fail = () => throw new NotSupportedException();
        Loop.CallFromThread(fail);
        Loop.CallFromThread(() => _done.Add("call"));
        Loop.CallLater(TimeSpan.Zero, fail);
        Loop.CallLater(TimeSpan.Zero, () => _done.Add("timer"));
        Step();
        Assert.Equal(["Unhandled error in call from thread", "Unhandled error in timer"], Lines);
        Assert.All(Log.Events, logged => Assert.Equal("Twisted.Reactor", logged.Category));
        Assert.Equal(["call", "timer"], _done);
        Assert.Equal(2, Loop.FailuresReported);
    }

    [Fact]
    public void A_timer_that_would_run_twice_breaks_a_rule()
    {
        var other = new ReactorBase(new ScriptedDriver());
        other.Begin();
        var call = (DelayedCall)other.CallLater(TimeSpan.Zero, () => _done.Add("again"));
        call.HasRun = true;
        other.Iterate(mayWait: false);
        Assert.EndsWith(" runs twice", other.Invariants.First, StringComparison.Ordinal);
        Assert.StartsWith("a timer ", other.Invariants.First, StringComparison.Ordinal);
        Assert.Equal(["again"], _done);
        other.Leave();
    }

    [Fact]
    public void A_timer_knows_that_it_has_run()
    {
        var call = (DelayedCall)Loop.CallLater(TimeSpan.Zero, () => { });
        Step();
        Assert.True(call.HasRun);
    }

    [Fact]
    public void Who_gives_it_no_name_gets_one_of_its_own()
    {
        Assert.Equal("tested", Loop.Name);
        string[] names = [new ReactorBase(new ScriptedDriver()).Name, new ReactorBase(new ScriptedDriver()).Name];
        Assert.All(names, name => Assert.Matches("^reactor-[0-9]+$", name));
        Assert.NotEqual(names[0], names[1]);
    }

    [Fact]
    public void What_happens_outside_an_iteration_wakes_the_loop()
    {
        Loop.CallLater(TimeSpan.FromDays(1), () => { });
        Loop.FlushLater(new Noted(_done));
        Assert.Equal(0, Driver.Wakes);
        Loop.Leave();
        Loop.CallLater(TimeSpan.FromDays(1), () => { });
        Assert.Equal(1, Driver.Wakes);
        Loop.FlushLater(new Noted(_done));
        Assert.Equal(2, Driver.Wakes);
        Loop.Stop();
        Assert.Equal(3, Driver.Wakes);
    }

    /// <summary>Something to flush that says so.</summary>
    internal sealed class Noted(List<string> done, string what = "flushed") : Flushable
    {
        internal override void Flush() => done.Add(what);
    }
}
