namespace Twisted.Tests;

public class AsyncCancellationTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public void Cancelling_a_method_cancels_what_it_awaits()
    {
        Deferred<int> awaited = Probe.Canceller<int>(() => _seen.Add("cancelled"));
        Deferred<int> d = Body();
        d.Cancel();
        Assert.Equal(["cancelled"], _seen);
        Probe.FailureOf<CancelledException>(d);

        async Deferred<int> Body() => await awaited;
    }

    [Fact]
    public void A_method_may_catch_its_cancellation_and_go_on()
    {
        Deferred<string> d = Body();
        d.Cancel();
        Assert.Equal("went on", Probe.ValueOf(d));

        static async Deferred<string> Body()
        {
            try
            {
                await Deferred.Never();
                return "not reached";
            }
            catch (CancelledException)
            {
                return "went on";
            }
        }
    }

    [Fact]
    public void A_method_that_catches_its_cancellation_may_await_again_and_be_cancelled_again()
    {
        var second = new Deferred();
        Deferred d = Body();
        d.Cancel();
        Assert.False(d.IsFired);
        d.Cancel();
        Probe.FailureOf<CancelledException>(d);
        Assert.Equal(["first"], _seen);

        async Deferred Body()
        {
            try
            {
                await Deferred.Never();
            }
            catch (CancelledException)
            {
                _seen.Add("first");
            }
            await second;
        }
    }

    [Fact]
    public void Cleanup_runs_when_a_method_is_cancelled()
    {
        Deferred d = Body();
        d.Cancel();
        Probe.FailureOf<CancelledException>(d);
        Assert.Equal(["cleanup"], _seen);

        async Deferred Body()
        {
            try
            {
                await Deferred.Never();
            }
            finally
            {
                _seen.Add("cleanup");
            }
        }
    }

    [Fact]
    public void Cancel_goes_down_through_methods_that_await_methods()
    {
        Deferred d = Outer();
        d.Cancel();
        Assert.Equal(["inner cancelled", "outer sees it"], _seen);
        Probe.Succeeded(d);

        async Deferred Outer()
        {
            try
            {
                await Inner();
            }
            catch (CancelledException)
            {
                _seen.Add("outer sees it");
            }
        }

        async Deferred Inner()
        {
            try
            {
                await Deferred.Never();
            }
            catch (CancelledException)
            {
                _seen.Add("inner cancelled");
                throw;
            }
        }
    }

    [Fact]
    public void A_chain_that_waits_for_a_method_cancels_what_the_method_awaits()
    {
        Deferred<int> awaited = Probe.Canceller<int>(() => _seen.Add("cancelled"));
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(async n => n + await awaited);
        outer.Cancel();
        Assert.Equal(["cancelled"], _seen);
        Probe.FailureOf<CancelledException>(outer);
    }

    [Fact]
    public void The_result_of_a_canceller_reaches_the_method()
    {
        var awaited = new Deferred<int>(self => self.Callback(7));
        Deferred<int> d = Body();
        d.Cancel();
        Assert.Equal(8, Probe.ValueOf(d));

        async Deferred<int> Body() => await awaited + 1;
    }

    [Fact]
    public void A_method_that_awaits_a_Task_fails_at_once_and_its_late_result_is_dropped()
    {
        using var context = new QueueingContext();
        var source = new TaskCompletionSource<int>();
        Deferred<int> d = Body();
        d.Cancel();
        Probe.FailureOf<CancelledException>(d);
        source.SetResult(1);
        context.RunAll();
        Assert.Equal(["method ended"], _seen);
        Probe.Succeeded(d);

        async Deferred<int> Body()
        {
            int n = await source.Task;
            _seen.Add("method ended");
            return n;
        }
    }

    [Fact]
    public void A_method_that_is_cancelled_while_it_runs_fails_and_its_result_is_dropped()
    {
        var gate = new Deferred();
        Deferred<int>? d = null;
        d = Body();
        gate.Callback();
        Probe.FailureOf<CancelledException>(d);
        Assert.Equal(["still runs"], _seen);

        async Deferred<int> Body()
        {
            await gate;
            d!.Cancel();
            _seen.Add("still runs");
            return 1;
        }
    }

    [Fact]
    public void Cancelling_a_method_that_has_ended_does_nothing()
    {
        var gate = new Deferred();
        Deferred<int> d = Body();
        gate.Callback();
        d.Cancel();
        Assert.Equal(1, Probe.ValueOf(d));

        async Deferred<int> Body()
        {
            await gate;
            return 1;
        }
    }

    [Fact]
    public void Cancelling_what_is_awaited_throws_in_the_method()
    {
        var awaited = new Deferred<int>();
        Deferred<int> d = Body();
        awaited.Cancel();
        Probe.FailureOf<CancelledException>(d);

        async Deferred<int> Body() => await awaited;
    }

    [Fact]
    public void Methods_that_await_each_other_cannot_be_cancelled_and_say_so()
    {
        var gate = new Deferred();
        Deferred? first = null;
        Deferred? second = null;
        first = Body(() => second!);
        second = Body(() => first);
        gate.Callback();
        Assert.Throws<InvalidOperationException>(first.Cancel);

        async Deferred Body(Func<Deferred> other)
        {
            await gate;
            await other();
        }
    }
}
