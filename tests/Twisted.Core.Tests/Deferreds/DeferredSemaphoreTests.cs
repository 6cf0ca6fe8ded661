namespace Twisted.Tests;

public class DeferredSemaphoreTests
{
    [Fact]
    public void As_many_as_there_are_tokens_hold_it()
    {
        var semaphore = new DeferredSemaphore(2);
        Assert.Equal(2, semaphore.Tokens);
        Lease first = Probe.ValueOf(semaphore.Acquire());
        Assert.True(semaphore.Acquire().IsFired);
        Deferred<Lease> third = semaphore.Acquire();
        Assert.False(third.IsFired);
        first.Dispose();
        Assert.True(third.IsFired);
    }

    [Fact]
    public void It_needs_a_token()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeferredSemaphore(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DeferredSemaphore(-1));
    }

    [Fact]
    public void Given_back_tokens_are_there_again()
    {
        var semaphore = new DeferredSemaphore(1);
        for (int i = 0; i < 3; i++)
            Probe.ValueOf(semaphore.Acquire()).Dispose();
        Assert.True(semaphore.Acquire().IsFired);
        Assert.False(semaphore.Acquire().IsFired);
    }

    [Fact]
    public void A_lease_that_is_disposed_twice_adds_no_token()
    {
        var semaphore = new DeferredSemaphore(1);
        Lease lease = Probe.ValueOf(semaphore.Acquire());
        lease.Dispose();
        lease.Dispose();
        Assert.True(semaphore.Acquire().IsFired);
        Assert.False(semaphore.Acquire().IsFired);
    }

    [Fact]
    public void Nobody_overtakes_those_who_wait()
    {
        var semaphore = new DeferredSemaphore(1);
        var seen = new List<string>();
        Lease held = Probe.ValueOf(semaphore.Acquire());
        semaphore.Acquire().AddCallback(lease =>
        {
            seen.Add("first in the queue");
            lease.Dispose();
            semaphore.Acquire().AddCallback(_ => { seen.Add("came later"); });
        });
        semaphore.Acquire().AddCallback(lease =>
        {
            seen.Add("second in the queue");
            lease.Dispose();
        });
        held.Dispose();
        Assert.Equal(["first in the queue", "second in the queue", "came later"], seen);
    }

    [Fact]
    public void Run_is_bounded_by_the_tokens()
    {
        var semaphore = new DeferredSemaphore(2);
        var work = new List<Deferred>();
        for (int i = 0; i < 5; i++)
        {
            semaphore.Run(() =>
            {
                work.Add(new Deferred());
                return work[^1];
            });
        }
        Assert.Equal(2, work.Count);
        Assert.Equal(3, semaphore.Waiting);
        work[1].Callback();
        Assert.Equal(3, work.Count);
    }

    [Fact]
    public void Cancelling_what_was_acquired_changes_nothing()
    {
        var semaphore = new DeferredSemaphore(1);
        Deferred<Lease> held = semaphore.Acquire();
        held.Cancel();
        Assert.False(semaphore.Acquire().IsFired);
        Probe.ValueOf(held).Dispose();
    }

    [Fact]
    public void Cancelling_a_wait_leaves_the_queue()
    {
        var semaphore = new DeferredSemaphore(1);
        Lease held = Probe.ValueOf(semaphore.Acquire());
        Deferred<Lease> second = semaphore.Acquire();
        Deferred<Lease> third = semaphore.Acquire();
        second.Cancel();
        Probe.FailureOf<CancelledException>(second);
        held.Dispose();
        Assert.True(third.IsFired);
    }

    [Fact]
    public void It_reads_well_with_using()
    {
        var semaphore = new DeferredSemaphore(2);
        var work = new Deferred();
        Deferred[] bodies = [Body(), Body(), Body()];
        Assert.Equal(1, semaphore.Waiting);
        work.Callback();
        Assert.All(bodies, Probe.Succeeded);
        Assert.Equal(0, semaphore.Waiting);

        async Deferred Body()
        {
            using (await semaphore.Acquire())
                await work;
        }
    }
}
