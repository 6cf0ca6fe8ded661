namespace Twisted.Tests;

public class DeferredLockTests
{
    private readonly DeferredLock _gate = new();

    [Fact]
    public void A_free_lock_is_acquired_at_once()
    {
        Assert.NotNull(Probe.ValueOf(_gate.Acquire()));
    }

    [Fact]
    public void The_second_waits_until_the_first_gives_it_back()
    {
        Lease held = Probe.ValueOf(_gate.Acquire());
        Deferred<Lease> second = _gate.Acquire();
        Assert.False(second.IsFired);
        Assert.Equal(1, _gate.Waiting);
        held.Dispose();
        Assert.NotNull(Probe.ValueOf(second));
        Assert.Equal(0, _gate.Waiting);
    }

    [Fact]
    public void Those_who_wait_are_served_in_order()
    {
        var seen = new List<int>();
        Lease held = Probe.ValueOf(_gate.Acquire());
        for (int i = 0; i < 4; i++)
        {
            int place = i;
            _gate.Acquire().AddCallback(lease =>
            {
                seen.Add(place);
                lease.Dispose();
            });
        }
        held.Dispose();
        Assert.Equal([0, 1, 2, 3], seen);
    }

    [Fact]
    public void Disposing_a_lease_twice_gives_it_back_once()
    {
        Lease held = Probe.ValueOf(_gate.Acquire());
        Deferred<Lease> second = _gate.Acquire();
        Deferred<Lease> third = _gate.Acquire();
        held.Dispose();
        held.Dispose();
        Assert.True(second.IsFired);
        Assert.False(third.IsFired);
    }

    [Fact]
    public void Cancelling_a_wait_leaves_the_queue()
    {
        Lease held = Probe.ValueOf(_gate.Acquire());
        Deferred<Lease> second = _gate.Acquire();
        Deferred<Lease> third = _gate.Acquire();
        second.Cancel();
        Probe.FailureOf<CancelledException>(second);
        held.Dispose();
        Assert.True(third.IsFired);
    }

    [Fact]
    public void Run_holds_the_lock_until_the_work_ends()
    {
        var work = new Deferred<int>();
        Deferred<int> first = _gate.Run(() => work);
        bool started = false;
        Deferred second = _gate.Run(() =>
        {
            started = true;
            return Deferred.Succeed();
        });
        Assert.False(started);
        work.Callback(5);
        Assert.Equal(5, Probe.ValueOf(first));
        Assert.True(started);
        Probe.Succeeded(second);
    }

    [Fact]
    public void Run_gives_the_lock_back_when_the_work_fails()
    {
        Deferred failed = _gate.Run(() => Deferred.Fail(new BoomException()));
        Probe.FailureOf<BoomException>(failed);
        Assert.True(_gate.Acquire().IsFired);
    }

    [Fact]
    public void Run_gives_the_lock_back_when_the_work_throws_or_returns_null()
    {
        Probe.FailureOf<BoomException>(_gate.Run(Deferred () => throw new BoomException()));
        Probe.FailureOf<InvalidOperationException>(_gate.Run(Deferred<int> () => null!));
        Assert.True(_gate.Acquire().IsFired);
    }

    [Fact]
    public void Cancelling_Run_before_its_turn_never_starts_the_work()
    {
        Lease held = Probe.ValueOf(_gate.Acquire());
        bool started = false;
        Deferred run = _gate.Run(() =>
        {
            started = true;
            return Deferred.Succeed();
        });
        run.Cancel();
        held.Dispose();
        Assert.False(started);
        Probe.FailureOf<CancelledException>(run);
    }

    [Fact]
    public void Cancelling_Run_cancels_the_work_and_gives_the_lock_back()
    {
        bool cancelled = false;
        Deferred<int> work = Probe.Canceller<int>(() => cancelled = true);
        Deferred<int> run = _gate.Run(() => work);
        run.Cancel();
        Assert.True(cancelled);
        Probe.FailureOf<CancelledException>(run);
        Assert.True(_gate.Acquire().IsFired);
    }

    [Fact]
    public void It_reads_well_with_using()
    {
        Lease held = Probe.ValueOf(_gate.Acquire());
        Deferred<int> d = Body();
        Assert.False(d.IsFired);
        held.Dispose();
        Assert.Equal(1, Probe.ValueOf(d));
        Assert.True(_gate.Acquire().IsFired);

        async Deferred<int> Body()
        {
            using (await _gate.Acquire())
                return 1;
        }
    }

    [Fact]
    public void Cancelling_what_was_acquired_changes_nothing()
    {
        Deferred<Lease> held = _gate.Acquire();
        held.Cancel();
        Assert.False(_gate.Acquire().IsFired);
        Probe.ValueOf(held).Dispose();
    }

    [Fact]
    public void A_body_that_throws_gives_it_back_and_its_failure_passes()
    {
        Deferred d = Body();
        Probe.FailureOf<BoomException>(d);
        Assert.True(_gate.Acquire().IsFired);

        async Deferred Body()
        {
            using (await _gate.Acquire())
                throw new BoomException();
        }
    }
}
