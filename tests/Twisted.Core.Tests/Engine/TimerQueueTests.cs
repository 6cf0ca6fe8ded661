namespace Twisted.Tests;

/// <summary>Delayed calls and the BCL's timers, on a clock that stands.</summary>
public class TimerQueueTests : EngineTest
{
    private readonly List<string> _done = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_is_set_moved_and_cancelled_runs_in_the_order_of_time_and_then_of_setting(int seed)
    {
        var chance = new Random(seed);
        var calls = new List<(TimeSpan Due, int Order, IDelayedCall Call)>();
        var ran = new List<int>();
        int set = 0;
        for (int i = 0; i < 5000; i++)
        {
            TimeSpan delay = TimeSpan.FromSeconds(chance.Next(200));
            int at = chance.Next(calls.Count + 1);
            switch (chance.Next(at == calls.Count ? 1 : 4))
            {
                case 0 or 1:
                    int number = set++;
                    calls.Add((delay, number, Loop.CallLater(delay, () => ran.Add(number))));
                    break;
                case 2:
                    Assert.True(calls[at].Call.Cancel());
                    calls.RemoveAt(at);
                    break;
                default:
                    // Moved, it stands behind all that are due then, so in this account it is a new one.
                    (_, int moved, IDelayedCall call) = calls[at];
                    call.Cancel();
                    IDelayedCall again = Loop.CallLater(TimeSpan.FromDays(1), () => ran.Add(moved));
                    again.Reset(delay);
                    calls.RemoveAt(at);
                    calls.Add((delay, moved, again));
                    break;
            }
        }
        Assert.Equal(calls.Count, Loop.DelayedCalls.Count);
        for (int second = 0; second < 200; second++)
        {
            Driver.Time.MoveTo(TimeSpan.FromSeconds(second));
            Step();
            TimeSpan left = TimeSpan.FromSeconds(second);
            Assert.Equal(calls.Count(each => each.Due > left), Loop.DelayedCalls.Count);
        }
        Assert.Equal(calls.OrderBy(each => each.Due).Select(each => each.Order), ran);
    }

    [Fact]
    public void A_delay_without_end_never_comes()
    {
        Driver.Time.MoveTo(TimeSpan.FromSeconds(1));
        IDelayedCall call = Loop.CallLater(TimeSpan.MaxValue, () => _done.Add("never"));
        Assert.Equal(TimeSpan.MaxValue, call.Time);
        Assert.Equal(TimeSpan.FromSeconds(3), Loop.CallLater(TimeSpan.FromSeconds(2), () => { }).Time);
    }

    [Fact]
    public void A_call_that_is_moved_says_its_new_time()
    {
        Driver.Time.MoveTo(TimeSpan.FromSeconds(1));
        IDelayedCall call = Loop.CallLater(TimeSpan.FromSeconds(1), () => { });
        call.Delay(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(7), call.Time);
        call.Reset(TimeSpan.FromSeconds(3));
        Assert.Equal(TimeSpan.FromSeconds(4), call.Time);
        Assert.Equal(TimeSpan.FromSeconds(4), Loop.NextDue);
    }

    public static TheoryData<string> Kinds => ["action", "state", "Deferred"];

    private IDelayedCall Set(string kind) => kind switch
    {
        "action" => Loop.CallLater(TimeSpan.FromSeconds(1), () => _done.Add(kind)),
        "state" => Loop.CallLater(TimeSpan.FromSeconds(1), _done.Add, kind),
        _ => Loop.CallLater(TimeSpan.FromSeconds(1), () =>
        {
            _done.Add(kind);
            return Deferred.Succeed();
        }),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_was_cancelled_or_has_run_holds_nothing(string kind)
    {
        IDelayedCall cancelled = Set(kind);
        IDelayedCall run = Set(kind);
        Assert.StartsWith("a timer due at 00:00:01 that calls ", cancelled.ToString(), StringComparison.Ordinal);
        cancelled.Cancel();
        Pass(1);
        Assert.Equal([kind], _done);
        Assert.Equal("a timer that was due at 00:00:01", cancelled.ToString());
        Assert.Equal("a timer that was due at 00:00:01", run.ToString());
        Assert.False(cancelled.IsActive);
        Assert.False(run.IsActive);
        Assert.False(run.Cancel());
    }

    [Fact]
    public void A_timer_of_the_BCL_fires_on_the_reactor_thread_with_its_state()
    {
        using ITimer timer = Loop.TimeProvider.CreateTimer(
            state => _done.Add($"{state} {Loop.IsInReactorThread}"), "state", Seconds(1), Timeout.InfiniteTimeSpan);
        Pass(1);
        Pass(1);
        Assert.Equal(["state True"], _done);
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public void A_timer_without_a_period_fires_once_and_one_with_a_period_again()
    {
        using ITimer once = Loop.TimeProvider.CreateTimer(_ => _done.Add("once"), null, Seconds(1), TimeSpan.Zero);
        using ITimer again = Loop.TimeProvider.CreateTimer(_ => _done.Add("again"), null, Seconds(1), Seconds(2));
        for (int i = 0; i < 5; i++)
            Pass(1);
        Assert.Equal(["once", "again", "again", "again"], _done);
        Assert.Single(Loop.DelayedCalls);
    }

    [Fact]
    public void A_timer_that_is_changed_forgets_what_it_was()
    {
        using ITimer timer = Loop.TimeProvider.CreateTimer(_ => _done.Add("fired"), null, Seconds(1), TimeSpan.Zero);
        Assert.True(timer.Change(Seconds(3), TimeSpan.Zero));
        Assert.Equal(Seconds(3), Assert.Single(Loop.DelayedCalls).Time);
        Assert.True(timer.Change(Timeout.InfiniteTimeSpan, TimeSpan.Zero));
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public async Task A_timer_that_is_disposed_waits_for_nothing_and_cannot_be_changed()
    {
        ITimer timer = Loop.TimeProvider.CreateTimer(_ => _done.Add("fired"), null, Seconds(1), TimeSpan.Zero);
        await timer.DisposeAsync();
        Assert.Empty(Loop.DelayedCalls);
        Assert.False(timer.Change(Seconds(1), TimeSpan.Zero));
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public void A_timer_that_another_thread_disposes_when_it_is_due_does_not_fire()
    {
        ITimer? second = null;
        using ITimer first = Loop.TimeProvider.CreateTimer(_ =>
        {
            Loop.Leave(); // as if another thread did it, while this one is amid its timers
            second!.Dispose();
            Loop.Enter();
        }, null, Seconds(1), TimeSpan.Zero);
        second = Loop.TimeProvider.CreateTimer(_ => _done.Add("fired"), null, Seconds(1), Seconds(1));
        Pass(1);
        Step();
        Assert.Empty(_done);
        Assert.Empty(Loop.DelayedCalls);
    }

    [Fact]
    public void A_timer_runs_in_the_context_that_made_it()
    {
        var local = new AsyncLocal<string>();
        local.Value = "made";
        using ITimer timer = Loop.TimeProvider.CreateTimer(
            _ => _done.Add(local.Value ?? ""), null, Seconds(1), TimeSpan.Zero);
        local.Value = "later";
        Pass(1);
        Assert.Equal(["made"], _done);
    }

    private static TimeSpan Seconds(int count) => TimeSpan.FromSeconds(count);
}
