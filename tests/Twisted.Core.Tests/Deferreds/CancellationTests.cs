using System.Runtime.CompilerServices;

namespace Twisted.Tests;

public class CancellationTests
{
    private int _cancels;

    [Fact]
    public void Without_a_canceller_it_fails_with_CancelledException()
    {
        var d = new Deferred<int>();
        d.Cancel();
        Assert.True(d.IsFired);
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void The_canceller_is_given_its_own_Deferred()
    {
        Deferred<int>? given = null;
        var d = new Deferred<int>(self => given = self);
        d.Cancel();
        Assert.Same(d, given);
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void The_canceller_of_a_chain_without_a_value_is_given_it_too()
    {
        Deferred? given = null;
        var d = new Deferred(self => given = self);
        d.Cancel();
        Assert.Same(d, given);
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void A_canceller_may_fire_a_value()
    {
        var d = new Deferred<int>(self => self.Callback(5));
        d.Cancel();
        Assert.Equal(5, Probe.ValueOf(d));
    }

    [Fact]
    public void A_canceller_may_fire_a_failure_of_its_own()
    {
        var d = new Deferred<int>(self => self.Errback(new BoomException()));
        d.Cancel();
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void What_a_canceller_throws_comes_out_of_Cancel_and_nothing_has_fired()
    {
        bool broken = true;
        var d = new Deferred<int>(_ =>
        {
            if (broken)
                throw new BoomException();
        });
        Assert.Throws<BoomException>(d.Cancel);
        Assert.False(d.IsFired);
        broken = false;
        d.Cancel();
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void The_canceller_runs_once()
    {
        Deferred<int> d = Probe.Canceller<int>(() => _cancels++);
        d.Cancel();
        d.Cancel();
        Assert.Equal(1, _cancels);
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void A_canceller_that_calls_Cancel_does_not_recurse()
    {
        var d = new Deferred<int>(self =>
        {
            _cancels++;
            self.Cancel();
        });
        d.Cancel();
        Assert.Equal(1, _cancels);
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void The_canceller_does_not_run_after_firing()
    {
        Deferred<int> d = Probe.Canceller<int>(() => _cancels++);
        d.Callback(1);
        d.Cancel();
        Assert.Equal(0, _cancels);
        Assert.Equal(1, Probe.ValueOf(d));
    }

    [Fact]
    public void Cancel_after_firing_does_nothing()
    {
        var d = new Deferred<int>();
        d.Callback(1);
        d.Cancel();
        Assert.Equal(1, Probe.ValueOf(d));
    }

    [Fact]
    public void Cancel_after_a_failure_keeps_that_failure()
    {
        var d = new Deferred<int>();
        d.Errback(new BoomException());
        d.Cancel();
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void One_late_callback_is_swallowed_and_the_next_throws()
    {
        var d = new Deferred<int>();
        d.Cancel();
        d.Callback(1);
        Assert.Throws<AlreadyCalledException>(() => d.Callback(2));
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void One_late_errback_is_swallowed_and_the_next_throws()
    {
        var d = new Deferred<int>();
        d.Cancel();
        d.Errback(new BoomException());
        Assert.Throws<AlreadyCalledException>(() => d.Errback(new BoomException()));
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void A_late_result_is_swallowed_even_while_the_errbacks_of_the_cancelled_chain_run()
    {
        var d = new Deferred<int>();
        Exception? thrown = null;
        d.AddErrback(e =>
        {
            thrown = Record.Exception(() => d.Callback(1));
            return 0;
        });
        d.Cancel();
        Assert.Null(thrown);
        Assert.Throws<AlreadyCalledException>(() => d.Callback(2));
    }

    [Fact]
    public void With_a_canceller_that_does_not_fire_a_late_result_is_a_mistake()
    {
        Deferred<int> d = Probe.Canceller<int>(() => _cancels++);
        d.Cancel();
        Assert.Throws<AlreadyCalledException>(() => d.Callback(1));
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void A_chain_that_waits_cancels_the_one_it_waits_for()
    {
        Deferred<int> inner = Probe.Canceller<int>(() => _cancels++);
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => inner);
        outer.Cancel();
        Assert.Equal(1, _cancels);
        Probe.FailureOf<CancelledException>(outer);
    }

    [Fact]
    public void The_result_of_a_canceller_reaches_the_chain_that_waits()
    {
        var inner = new Deferred<int>(self => self.Callback(3));
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => inner);
        outer.Cancel();
        Assert.Equal(3, Probe.ValueOf(outer));
    }

    [Fact]
    public void Cancel_goes_down_through_every_chain_that_waits()
    {
        Deferred<int> innermost = Probe.Canceller<int>(() => _cancels++);
        Deferred<int> chain = innermost;
        for (int i = 0; i < 5; i++)
        {
            Deferred<int> next = chain;
            chain = Deferred.Succeed(i).AddCallback(_ => next);
        }
        chain.Cancel();
        Assert.Equal(1, _cancels);
        Probe.FailureOf<CancelledException>(chain);
    }

    [Fact]
    public void An_inner_errback_may_turn_a_cancellation_into_a_value()
    {
        var inner = new Deferred<int>();
        inner.AddErrback((CancelledException _) => 4);
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => inner);
        outer.Cancel();
        Assert.Equal(4, Probe.ValueOf(outer));
    }

    [Fact]
    public void Cancel_inside_its_own_callback_does_nothing()
    {
        var d = new Deferred<int>();
        d.AddCallback(n =>
        {
            d.Cancel();
            return n + 1;
        });
        d.Callback(1);
        Assert.Equal(2, Probe.ValueOf(d));
    }

    [Fact]
    public void Cancelling_the_inner_chain_fails_the_outer_one()
    {
        var inner = new Deferred<int>();
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => inner);
        inner.Cancel();
        Probe.FailureOf<CancelledException>(outer);
    }

    [Fact]
    public void Deferreds_that_wait_for_each_other_cannot_be_cancelled_and_say_so()
    {
        var a = new Deferred<int>();
        var b = new Deferred<int>();
        a.AddCallback(_ => b);
        b.AddCallback(_ => a.AddCallback(n => n));
        a.Callback(1);
        b.Callback(2);
        Assert.False(a.IsSettled);
        Assert.Contains("ring", Assert.Throws<InvalidOperationException>(a.Cancel).Message);
    }

    [Fact]
    public void CancelledException_is_an_OperationCanceledException()
    {
        var d = new Deferred();
        d.Cancel();
        Assert.IsType<OperationCanceledException>(Probe.FailureOf<CancelledException>(d), exactMatch: false);
    }

    [Fact]
    public void CancelOn_cancels_with_the_token()
    {
        using var source = new CancellationTokenSource();
        Deferred<int> d = new Deferred<int>().CancelOn(source.Token);
        Assert.False(d.IsFired);
        source.Cancel();
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void CancelOn_a_token_that_is_cancelled_already_cancels_at_once()
    {
        Deferred d = new Deferred().CancelOn(new CancellationToken(canceled: true));
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void CancelOn_does_nothing_after_the_result()
    {
        using var source = new CancellationTokenSource();
        var d = new Deferred<int>();
        d.CancelOn(source.Token);
        d.Callback(2);
        Deferred<int> later = d.AddCallback(_ => new Deferred<int>());
        source.Cancel();
        Assert.False(later.IsSettled);
    }

    [Fact]
    public void CancelOn_goes_back_to_the_context_of_the_caller()
    {
        using var context = new QueueingContext();
        using var source = new CancellationTokenSource();
        Deferred<int> d = new Deferred<int>().CancelOn(source.Token);
        var other = new Thread(source.Cancel);
        other.Start();
        other.Join();
        Assert.False(d.IsFired);
        context.RunAll();
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void CancelOn_none_costs_no_link()
    {
        var d = new Deferred<int>();
        Assert.Same(d, d.CancelOn(CancellationToken.None));
        d.Callback(1);
        Assert.Equal(1, Probe.ValueOf(d));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Once_fired_it_lets_go_of_its_canceller(bool succeeds)
    {
        (Deferred fired, WeakReference held) = Fired(succeeds);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(held.IsAlive);
        fired.AddErrback((BoomException _) => { });

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (Deferred, WeakReference) Fired(bool succeeds)
        {
            var target = new object();
            var deferred = new Deferred(_ => GC.KeepAlive(target));
            deferred.AddBoth(_ => Deferred.Never()); // not even while it waits for another one
            if (succeeds)
                deferred.Callback();
            else
                deferred.Errback(new BoomException());
            return (deferred, new WeakReference(target));
        }
    }
}
