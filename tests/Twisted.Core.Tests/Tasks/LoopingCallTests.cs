using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Tests;

public class LoopingCallTests
{
    private readonly VirtualClock _clock = new();
    private readonly List<double> _times = [];

    private void Note() => _times.Add(_clock.Now.TotalSeconds);

    [Fact]
    public void It_calls_at_once_and_then_at_every_interval()
    {
        new LoopingCall(_clock, Note).Start(FromSeconds(2));
        _clock.Advance(FromSeconds(6));
        Assert.Equal([0, 2, 4, 6], _times);
    }

    [Fact]
    public void It_may_wait_one_interval_first()
    {
        new LoopingCall(_clock, Note).Start(FromSeconds(2), now: false);
        _clock.Advance(FromSeconds(5));
        Assert.Equal([2, 4], _times);
    }

    [Fact]
    public void Stop_ends_it_and_fires_the_Deferred_of_Start()
    {
        var loop = new LoopingCall(_clock, Note);
        Deferred ended = loop.Start(FromSeconds(1));
        Assert.True(loop.IsRunning);
        Assert.False(ended.IsFired);
        _clock.Advance(FromSeconds(1));
        loop.Stop();
        Assert.False(loop.IsRunning);
        Probe.Succeeded(ended);
        Assert.Empty(_clock.DelayedCalls);
        _clock.Advance(FromSeconds(5));
        Assert.Equal([0, 1], _times);
    }

    [Fact]
    public void It_is_not_running_any_more_when_its_Deferred_fires()
    {
        var loop = new LoopingCall(_clock, Note);
        bool running = true;
        loop.Start(FromSeconds(1)).AddCallback(() => { running = loop.IsRunning; });
        loop.Stop();
        Assert.False(running);
    }

    [Fact]
    public void The_callback_may_stop_it()
    {
        LoopingCall? loop = null;
        loop = new LoopingCall(_clock, () =>
        {
            Note();
            if (_times.Count == 3)
                loop!.Stop();
        });
        Deferred ended = loop.Start(FromSeconds(1));
        _clock.Advance(FromSeconds(10));
        Assert.Equal([0, 1, 2], _times);
        Probe.Succeeded(ended);
    }

    [Fact]
    public void The_first_callback_may_stop_it()
    {
        LoopingCall? loop = null;
        loop = new LoopingCall(_clock, () => loop!.Stop());
        Probe.Succeeded(loop.Start(FromSeconds(1)));
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void The_callback_may_stop_it_and_start_it_again()
    {
        LoopingCall? loop = null;
        Deferred? second = null;
        loop = new LoopingCall(_clock, () =>
        {
            Note();
            if (_times.Count != 2)
                return;
            loop!.Stop();
            second = loop.Start(FromSeconds(5), now: false);
        });
        Deferred first = loop.Start(FromSeconds(1));
        _clock.Advance(FromSeconds(11));
        Probe.Succeeded(first);
        Assert.Equal([0, 1, 6, 11], _times);
        Assert.False(second!.IsFired);
    }

    [Fact]
    public void What_the_first_callback_throws_fails_the_Deferred()
    {
        var loop = new LoopingCall(_clock, () => throw new BoomException());
        Deferred ended = loop.Start(FromSeconds(1));
        Assert.False(loop.IsRunning);
        Probe.FailureOf<BoomException>(ended);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void What_a_later_callback_throws_fails_the_Deferred_and_ends_it()
    {
        var loop = new LoopingCall(_clock, () =>
        {
            Note();
            if (_times.Count == 2)
                throw new BoomException();
        });
        Deferred ended = loop.Start(FromSeconds(1));
        ended.AddErrback(_ => { _times.Add(-1); });
        _clock.Advance(FromSeconds(5));
        Assert.Equal([0, 1, -1], _times);
        Assert.False(loop.IsRunning);
    }

    [Fact]
    public void It_may_be_started_again_after_a_failure()
    {
        bool broken = true;
        var loop = new LoopingCall(_clock, () =>
        {
            if (broken)
                throw new BoomException();
            Note();
        });
        Probe.FailureOf<BoomException>(loop.Start(FromSeconds(1)));
        broken = false;
        loop.Start(FromSeconds(1));
        _clock.Advance(FromSeconds(1));
        Assert.Equal([0, 1], _times);
    }

    [Fact]
    public void A_pending_Deferred_is_waited_for()
    {
        var work = new Deferred();
        new LoopingCall(_clock, () =>
        {
            Note();
            return _times.Count == 1 ? work : Deferred.Succeed();
        }).Start(FromSeconds(1));
        _clock.Advance(FromSeconds(2.5));
        Assert.Equal([0], _times);
        work.Callback();
        _clock.Advance(FromSeconds(1.5));
        Assert.Equal([0, 3, 4], _times);
    }

    [Fact]
    public void A_failing_Deferred_ends_it()
    {
        var work = new Deferred();
        var loop = new LoopingCall(_clock, () => work);
        Deferred ended = loop.Start(FromSeconds(1));
        work.Errback(new BoomException());
        Assert.False(loop.IsRunning);
        Probe.FailureOf<BoomException>(ended);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void Stop_while_a_Deferred_is_pending_fires_after_it()
    {
        var work = new Deferred();
        var loop = new LoopingCall(_clock, () => work);
        Deferred ended = loop.Start(FromSeconds(1));
        loop.Stop();
        Assert.False(loop.IsRunning);
        Assert.False(ended.IsFired);
        work.Callback();
        Probe.Succeeded(ended);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void A_Deferred_that_fails_after_Stop_fails_the_end()
    {
        var work = new Deferred();
        var loop = new LoopingCall(_clock, () => work);
        Deferred ended = loop.Start(FromSeconds(1));
        loop.Stop();
        work.Errback(new BoomException());
        Probe.FailureOf<BoomException>(ended);
    }

    [Fact]
    public void An_async_lambda_is_waited_for()
    {
        new LoopingCall(_clock, async () =>
        {
            Note();
            await _clock.DeferLater(FromSeconds(1.5));
        }).Start(FromSeconds(1));
        _clock.Advance(FromSeconds(5));
        Assert.Equal([0, 2, 4], _times);
    }

    [Fact]
    public void A_callback_that_returns_null_for_a_Deferred_fails()
    {
        var loop = new LoopingCall(_clock, Deferred () => null!);
        Probe.FailureOf<InvalidOperationException>(loop.Start(FromSeconds(1)));
    }

    [Fact]
    public void Slots_that_a_stalled_reactor_missed_are_skipped_and_the_grid_stays()
    {
        new LoopingCall(_clock, Note).Start(FromSeconds(1));
        _clock.Jump(FromSeconds(3.4));
        Assert.Equal([0, 3.4], _times);
        _clock.Advance(FromSeconds(2));
        Assert.Equal([0, 3.4, 4, 5], _times);
    }

    [Fact]
    public void A_stall_that_ends_on_a_slot_makes_one_call_of_it()
    {
        new LoopingCall(_clock, Note).Start(FromSeconds(1));
        _clock.Jump(FromSeconds(3));
        _clock.Advance(FromSeconds(1));
        Assert.Equal([0, 3, 4], _times);
    }

    [Fact]
    public void A_long_run_does_not_drift()
    {
        int calls = 0;
        new LoopingCall(_clock, () => { calls++; }).Start(FromMilliseconds(0.1));
        _clock.Advance(FromSeconds(1));
        Assert.Equal(10_001, calls);
        IDelayedCall next = Assert.Single(_clock.DelayedCalls);
        Assert.Equal(FromMilliseconds(1000.1), next.Time);
    }

    [Fact]
    public void An_interval_of_zero_calls_in_every_iteration()
    {
        LoopingCall? loop = null;
        int others = 0;
        loop = new LoopingCall(_clock, () =>
        {
            Note();
            if (_times.Count == 5)
                loop!.Stop();
            else
                _clock.CallLater(Zero, () => { others++; });
        });
        loop.Start(Zero);
        Assert.Single(_times);
        _clock.Advance(Zero);
        Assert.Equal([0, 0, 0, 0, 0], _times);
        Assert.Equal(4, others);
    }

    [Fact]
    public void Starting_it_twice_throws()
    {
        var loop = new LoopingCall(_clock, Note);
        loop.Start(FromSeconds(1));
        Assert.Throws<InvalidOperationException>(() => loop.Start(FromSeconds(1)));
        _clock.Advance(FromSeconds(1));
        Assert.Equal([0, 1], _times);
    }

    [Fact]
    public void A_negative_interval_throws_and_does_not_start_it()
    {
        var loop = new LoopingCall(_clock, Note);
        Assert.Throws<ArgumentOutOfRangeException>(() => loop.Start(FromSeconds(-1)));
        Assert.False(loop.IsRunning);
        Assert.Empty(_times);
    }

    [Fact]
    public void Stop_and_Reset_of_one_that_does_not_run_throw()
    {
        var loop = new LoopingCall(_clock, Note);
        Assert.Throws<InvalidOperationException>(loop.Stop);
        Assert.Throws<InvalidOperationException>(loop.Reset);
        loop.Start(FromSeconds(1));
        loop.Stop();
        Assert.Throws<InvalidOperationException>(loop.Stop);
    }

    [Fact]
    public void Reset_begins_the_grid_anew()
    {
        var loop = new LoopingCall(_clock, Note);
        loop.Start(FromSeconds(2));
        _clock.Advance(FromSeconds(1.5));
        loop.Reset();
        _clock.Advance(FromSeconds(4.5));
        Assert.Equal([0, 3.5, 5.5], _times);
    }

    [Fact]
    public void Reset_while_a_Deferred_is_pending_moves_the_grid_for_what_comes_after_it()
    {
        var work = new Deferred();
        var loop = new LoopingCall(_clock, () =>
        {
            Note();
            return _times.Count == 1 ? work : Deferred.Succeed();
        });
        loop.Start(FromSeconds(2));
        _clock.Advance(FromSeconds(0.5));
        loop.Reset();
        work.Callback();
        _clock.Advance(FromSeconds(4));
        Assert.Equal([0, 2.5, 4.5], _times);
    }

    [Fact]
    public void Cancelling_the_Deferred_of_Start_stops_it()
    {
        var loop = new LoopingCall(_clock, Note);
        Deferred ended = loop.Start(FromSeconds(1));
        ended.Cancel();
        Probe.FailureOf<CancelledException>(ended);
        Assert.False(loop.IsRunning);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void Cancelling_the_Deferred_of_Start_cancels_the_callbacks_Deferred()
    {
        var loop = new LoopingCall(_clock, async () => await _clock.DeferLater(FromSeconds(9)));
        Deferred ended = loop.Start(FromSeconds(1));
        ended.Cancel();
        Probe.FailureOf<CancelledException>(ended);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void WithCount_tells_how_many_slots_have_passed()
    {
        var counts = new List<int>();
        LoopingCall.WithCount(_clock, slots => { counts.Add(slots); }).Start(FromSeconds(1));
        _clock.Advance(FromSeconds(1));
        _clock.Jump(FromSeconds(3.5));
        _clock.Advance(FromSeconds(0.5));
        Assert.Equal([1, 1, 3, 1], counts);
    }

    [Fact]
    public void WithCount_starts_at_one_after_a_wait()
    {
        var counts = new List<int>();
        LoopingCall.WithCount(_clock, slots => { counts.Add(slots); }).Start(FromSeconds(1), now: false);
        _clock.Advance(FromSeconds(2));
        Assert.Equal([1, 1], counts);
    }

    [Fact]
    public void WithCount_counts_the_slots_that_a_Deferred_took()
    {
        var counts = new List<int>();
        var work = new Deferred();
        LoopingCall.WithCount(_clock, slots =>
        {
            counts.Add(slots);
            return counts.Count == 1 ? work : Deferred.Succeed();
        }).Start(FromSeconds(1));
        _clock.Advance(FromSeconds(4.5));
        work.Callback();
        _clock.Advance(FromSeconds(0.5));
        Assert.Equal([1, 5], counts);
    }

    [Fact]
    public void WithCount_is_always_one_with_an_interval_of_zero()
    {
        var counts = new List<int>();
        LoopingCall? loop = null;
        loop = LoopingCall.WithCount(_clock, slots =>
        {
            counts.Add(slots);
            if (counts.Count == 3)
                loop!.Stop();
        });
        loop.Start(Zero);
        _clock.Jump(FromSeconds(7));
        Assert.Equal([1, 1, 1], counts);
    }

    [Fact]
    public void WithCount_begins_anew_when_it_is_started_again()
    {
        var counts = new List<int>();
        LoopingCall loop = LoopingCall.WithCount(_clock, slots => { counts.Add(slots); });
        loop.Start(FromSeconds(1));
        loop.Stop();
        _clock.Advance(FromSeconds(10));
        loop.Start(FromSeconds(1));
        _clock.Advance(FromSeconds(1));
        Assert.Equal([1, 1, 1], counts);
    }

    [Fact]
    public void Stop_before_the_first_call_ends_it_without_one()
    {
        var loop = new LoopingCall(_clock, Note);
        Deferred ended = loop.Start(FromSeconds(2), now: false);
        loop.Stop();
        Probe.Succeeded(ended);
        Assert.Empty(_clock.DelayedCalls);
        Assert.Empty(_times);
    }

    [Fact]
    public void A_callback_that_stops_it_and_throws_fails_the_Deferred()
    {
        LoopingCall? loop = null;
        loop = new LoopingCall(_clock, () =>
        {
            loop!.Stop();
            throw new BoomException();
        });
        Probe.FailureOf<BoomException>(loop.Start(FromSeconds(1)));
        Assert.False(loop.IsRunning);
        Assert.Empty(_clock.DelayedCalls);
    }
}
