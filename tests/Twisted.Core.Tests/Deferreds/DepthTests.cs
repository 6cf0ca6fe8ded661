namespace Twisted.Tests;

/// <summary>No length and no depth needs stack.</summary>
public class DepthTests
{
    private const int Many = 200_000;

    [Fact]
    public void A_chain_of_200_000_callbacks_runs()
    {
        var d = new Deferred<int>();
        for (int i = 0; i < Many; i++)
            d.AddCallback(n => n + 1);
        d.Callback(0);
        Assert.Equal(Many, Probe.ValueOf(d));
    }

    [Fact]
    public void Callbacks_that_each_return_a_settled_Deferred_run()
    {
        var d = new Deferred<int>();
        for (int i = 0; i < Many; i++)
            d.AddCallback(n => Deferred.Succeed(n + 1));
        d.Callback(0);
        Assert.Equal(Many, Probe.ValueOf(d));
    }

    [Fact]
    public void A_chain_of_200_000_waiting_Deferreds_unwinds_without_recursion()
    {
        var first = new Deferred<int>();
        Deferred<int> last = WaitingFor(first);
        first.Callback(7);
        Assert.Equal(7, Probe.ValueOf(last));
    }

    [Fact]
    public void A_failure_unwinds_200_000_waiting_Deferreds()
    {
        var first = new Deferred<int>();
        Deferred<int> last = WaitingFor(first);
        first.Errback(new BoomException());
        Probe.FailureOf<BoomException>(last);
    }

    [Fact]
    public void Cancel_goes_down_200_000_waiting_Deferreds()
    {
        var first = new Deferred<int>();
        Deferred<int> last = WaitingFor(first);
        last.Cancel();
        Assert.True(first.IsFired);
        Probe.FailureOf<CancelledException>(last);
    }

    [Fact]
    public void Chains_that_wait_before_they_are_fired_unwind_too()
    {
        var d = new Deferred<int>[Many];
        for (int i = 0; i < Many; i++)
            d[i] = new Deferred<int>();
        for (int i = 0; i < Many - 1; i++)
        {
            Deferred<int> next = d[i + 1];
            d[i].AddCallback(_ => next);
        }
        for (int i = 0; i < Many - 1; i++)
            d[i].Callback(0);
        d[^1].Callback(9);
        Assert.Equal(9, Probe.ValueOf(d[0]));
    }

    [Fact]
    public void Awaits_nest_200_000_deep()
    {
        var first = new Deferred<int>();
        Deferred<int> last = AwaitedBy(first);
        first.Callback(7);
        Assert.Equal(Many + 7, Probe.ValueOf(last));
    }

    [Fact]
    public void Cancel_goes_down_200_000_awaits()
    {
        var first = new Deferred<int>();
        first.AddErrback((CancelledException _) => 1); // 200,000 rethrows of one exception would take minutes
        Deferred<int> last = AwaitedBy(first);
        last.Cancel();
        Assert.Equal(Many + 1, Probe.ValueOf(last));
    }

    [Fact]
    public void A_loop_of_200_000_awaits_of_settled_Deferreds_runs()
    {
        Assert.Equal(Many, Probe.ValueOf(Loop()));

        static async Deferred<int> Loop()
        {
            int sum = 0;
            for (int i = 0; i < Many; i++)
                sum += await Deferred.Succeed(1);
            return sum;
        }
    }

    [Fact]
    public void A_semaphore_with_200_000_that_wait_serves_them_without_recursion()
    {
        var gate = new Deferred();
        var semaphore = new DeferredSemaphore(1);
        semaphore.Run(() => gate);
        int served = 0;
        for (int i = 0; i < Many; i++)
        {
            semaphore.Run(() =>
            {
                served++;
                return Deferred.Succeed();
            });
        }
        gate.Callback();
        Assert.Equal(Many, served);
    }

    [Fact]
    public void A_chain_that_is_never_empty_loses_no_link_and_keeps_the_order()
    {
        var seen = new List<int>();
        var d = new Deferred();
        int added = 0;
        for (int i = 0; i < 7; i++)
            AddNext();
        d.Callback();
        Assert.Equal(Enumerable.Range(0, 1000), seen);

        void AddNext()
        {
            int number = added++;
            d.AddCallback(() =>
            {
                seen.Add(number);
                while (added < 1000 && added < seen.Count + 7 + (number % 5))
                    AddNext();
            });
        }
    }

    [Fact]
    public void A_chain_that_is_never_empty_does_not_grow_with_what_has_run()
    {
        Action nothing = static () => { };
        var d = new Deferred();
        int left = Many;
        Action again = null!;
        again = () =>
        {
            if (--left > 0)
                d.AddCallback(again);
        };
        for (int i = 0; i < 10; i++)
            d.AddCallback(nothing);
        d.AddCallback(again);
        d.AddCallback(again);
        d.AddCallback(again);
        long before = GC.GetAllocatedBytesForCurrentThread();
        d.Callback();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
        Assert.True(left <= 0);
    }

    private static Deferred<int> WaitingFor(Deferred<int> first)
    {
        Deferred<int> last = first;
        for (int i = 0; i < Many; i++)
        {
            Deferred<int> inner = last;
            last = Deferred.Succeed(0).AddCallback(_ => inner);
        }
        return last;
    }

    private static Deferred<int> AwaitedBy(Deferred<int> first)
    {
        Deferred<int> last = first;
        for (int i = 0; i < Many; i++)
            last = Next(last);
        return last;

        static async Deferred<int> Next(Deferred<int> d) => await d + 1;
    }
}
