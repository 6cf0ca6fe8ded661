using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Tests;

public class DeferLaterTests
{
    private readonly VirtualClock _clock = new();

    [Fact]
    public void It_fires_after_the_delay()
    {
        Deferred d = _clock.DeferLater(FromSeconds(2));
        _clock.Advance(FromSeconds(1.9));
        Assert.False(d.IsFired);
        _clock.Advance(FromSeconds(0.1));
        Probe.Succeeded(d);
    }

    [Fact]
    public void It_can_be_awaited()
    {
        Deferred<TimeSpan> d = Body();
        _clock.Advance(FromSeconds(3));
        Assert.Equal(FromSeconds(3), Probe.ValueOf(d));

        async Deferred<TimeSpan> Body()
        {
            await _clock.DeferLater(FromSeconds(1));
            await _clock.DeferLater(FromSeconds(2));
            return _clock.Now;
        }
    }

    [Fact]
    public void Cancel_drops_the_timer()
    {
        Deferred d = _clock.DeferLater(FromSeconds(2));
        d.Cancel();
        Assert.Empty(_clock.DelayedCalls);
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void It_yields_what_the_callback_returns()
    {
        Deferred<string> d = _clock.DeferLater(FromSeconds(1), () => "late");
        _clock.Advance(FromSeconds(1));
        Assert.Equal("late", Probe.ValueOf(d));
    }

    [Fact]
    public void It_fails_with_what_the_callback_throws()
    {
        Deferred<string> d = _clock.DeferLater(FromSeconds(1), string () => throw new BoomException());
        _clock.Advance(FromSeconds(1));
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void Cancel_before_the_time_never_calls()
    {
        bool called = false;
        Deferred<int> d = _clock.DeferLater(FromSeconds(1), () =>
        {
            called = true;
            return 1;
        });
        d.Cancel();
        _clock.Advance(FromSeconds(2));
        Assert.False(called);
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void The_callbacks_Deferred_is_waited_for()
    {
        var work = new Deferred<int>();
        Deferred<int> d = _clock.DeferLater(FromSeconds(1), () => work);
        _clock.Advance(FromSeconds(1));
        Assert.False(d.IsSettled);
        work.Callback(3);
        Assert.Equal(3, Probe.ValueOf(d));
    }

    [Fact]
    public void Async_lambdas_are_waited_for()
    {
        Deferred plain = _clock.DeferLater(FromSeconds(1), async () => { await _clock.DeferLater(FromSeconds(1)); });
        Deferred<int> valued = _clock.DeferLater(FromSeconds(1), async () =>
        {
            await _clock.DeferLater(FromSeconds(1));
            return 4;
        });
        _clock.Advance(FromSeconds(1));
        Assert.False(plain.IsSettled);
        _clock.Advance(FromSeconds(1));
        Probe.Succeeded(plain);
        Assert.Equal(4, Probe.ValueOf(valued));
    }

    [Fact]
    public void A_negative_delay_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _clock.DeferLater(FromSeconds(-1)));
    }

    [Fact]
    public void A_null_callback_throws_and_leaves_no_timer()
    {
        Assert.Throws<ArgumentNullException>(() => _clock.DeferLater(FromSeconds(1), (Func<int>)null!));
        Assert.Empty(_clock.DelayedCalls);
    }
}
