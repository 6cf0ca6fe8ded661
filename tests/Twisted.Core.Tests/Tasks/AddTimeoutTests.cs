using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Tests;

public class AddTimeoutTests
{
    private static readonly TimeSpan Limit = FromSeconds(2.5);

    private readonly VirtualClock _clock = new();

    [Fact]
    public void The_type_of_the_chain_stays()
    {
        var valued = new Deferred<string>();
        var plain = new Deferred();
        Deferred<string> timed = valued.AddTimeout(Limit, _clock);
        Deferred timedPlain = plain.AddTimeout(Limit, _clock);
        Assert.Same(valued, timed);
        Assert.Same(plain, timedPlain);
    }

    [Fact]
    public void A_chain_without_a_result_in_time_fails_with_TimeoutException()
    {
        Deferred<int> d = new Deferred<int>().AddTimeout(Limit, _clock);
        _clock.Advance(FromSeconds(2.4));
        Assert.False(d.IsFired);
        _clock.Advance(FromSeconds(0.1));
        var error = Probe.FailureOf<TimeoutException>(d);
        Assert.Contains("2.5 s", error.Message);
        Assert.IsType<CancelledException>(error.InnerException);
    }

    [Fact]
    public void A_chain_without_a_value_fails_with_TimeoutException()
    {
        Deferred d = new Deferred().AddTimeout(Limit, _clock);
        _clock.Advance(Limit);
        Probe.FailureOf<TimeoutException>(d);
    }

    [Fact]
    public void The_canceller_runs()
    {
        bool cancelled = false;
        Deferred<int> d = Probe.Canceller<int>(() => cancelled = true).AddTimeout(Limit, _clock);
        _clock.Advance(Limit);
        Assert.True(cancelled);
        Probe.FailureOf<TimeoutException>(d);
    }

    [Fact]
    public void A_value_of_the_canceller_passes()
    {
        Deferred<int> d = new Deferred<int>(self => self.Callback(5)).AddTimeout(Limit, _clock);
        _clock.Advance(Limit);
        Assert.Equal(5, Probe.ValueOf(d));
    }

    [Fact]
    public void A_failure_of_the_canceller_passes()
    {
        Deferred<int> d = new Deferred<int>(self => self.Errback(new BoomException())).AddTimeout(Limit, _clock);
        _clock.Advance(Limit);
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void A_value_in_time_passes_and_drops_the_timer()
    {
        Deferred<int> d = new Deferred<int>();
        d.AddTimeout(Limit, _clock);
        _clock.Advance(FromSeconds(1));
        d.Callback(3);
        Assert.Empty(_clock.DelayedCalls);
        Assert.Equal(3, Probe.ValueOf(d));
    }

    [Fact]
    public void A_failure_in_time_passes_and_drops_the_timer()
    {
        var d = new Deferred<int>();
        d.AddTimeout(Limit, _clock);
        d.Errback(new BoomException());
        Assert.Empty(_clock.DelayedCalls);
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void A_cancellation_in_time_stays_a_cancellation()
    {
        Deferred<int> d = new Deferred<int>().AddTimeout(Limit, _clock);
        d.Cancel();
        Probe.FailureOf<CancelledException>(d);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void A_chain_that_has_a_result_leaves_no_timer()
    {
        Assert.Equal(1, Probe.ValueOf(Deferred.Succeed(1).AddTimeout(Limit, _clock)));
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void A_chain_that_waits_for_another_cancels_that_one()
    {
        var inner = new Deferred<int>();
        Deferred<int> d = Deferred.Succeed(1).AddCallback(_ => inner).AddTimeout(Limit, _clock);
        _clock.Advance(Limit);
        Assert.True(inner.IsFired);
        Probe.FailureOf<TimeoutException>(d);
    }

    [Fact]
    public void Links_after_it_are_not_timed()
    {
        var slow = new Deferred<int>();
        var d = new Deferred<int>();
        d.AddTimeout(Limit, _clock).AddCallback(_ => slow);
        d.Callback(1);
        _clock.Advance(FromSeconds(10));
        Assert.False(d.IsSettled);
        slow.Callback(2);
        Assert.Equal(2, Probe.ValueOf(d));
    }

    [Fact]
    public void An_errback_before_it_may_handle_the_cancellation()
    {
        Deferred<int> d = new Deferred<int>().AddErrback((CancelledException _) => 9).AddTimeout(Limit, _clock);
        _clock.Advance(Limit);
        Assert.Equal(9, Probe.ValueOf(d));
    }

    [Fact]
    public void The_shorter_of_two_limits_counts()
    {
        Deferred<int> d = new Deferred<int>().AddTimeout(FromSeconds(1), _clock).AddTimeout(FromSeconds(5), _clock);
        _clock.Advance(FromSeconds(1));
        Assert.Contains("1 s", Probe.FailureOf<TimeoutException>(d).Message);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void A_late_result_is_swallowed_after_a_timeout()
    {
        var d = new Deferred<int>();
        d.AddTimeout(Limit, _clock);
        _clock.Advance(Limit);
        d.Callback(1);
        Probe.FailureOf<TimeoutException>(d);
    }

    [Fact]
    public void An_async_method_is_cancelled_where_it_awaits()
    {
        bool cleaned = false;
        Deferred d = Body().AddTimeout(Limit, _clock);
        _clock.Advance(Limit);
        Assert.True(cleaned);
        Probe.FailureOf<TimeoutException>(d);

        async Deferred Body()
        {
            try
            {
                await Deferred.Never();
            }
            finally
            {
                cleaned = true;
            }
        }
    }

    [Fact]
    public void It_works_on_a_stale_view()
    {
        var d = new Deferred<string>();
        Deferred<int> length = d.AddCallback(s => s.Length);
        d.AddTimeout(Limit, _clock);
        d.Callback("four");
        Assert.Equal(4, Probe.ValueOf(length));
    }

    [Fact]
    public void A_negative_limit_throws()
    {
        var d = new Deferred<int>();
        Assert.Throws<ArgumentOutOfRangeException>(() => d.AddTimeout(FromSeconds(-1), _clock));
        Assert.False(d.IsFired);
    }
}
