namespace Twisted.Tests;

public class FiringTests
{
    [Fact]
    public void Firing_twice_throws()
    {
        var d = new Deferred<int>();
        d.Callback(1);
        Assert.Throws<AlreadyCalledException>(() => d.Callback(2));
        Assert.Equal(1, Probe.ValueOf(d));
    }

    [Fact]
    public void Errback_after_Callback_throws()
    {
        var d = new Deferred();
        d.Callback();
        Assert.Throws<AlreadyCalledException>(() => d.Errback(new BoomException()));
    }

    [Fact]
    public void Callback_after_Errback_throws()
    {
        var d = new Deferred();
        d.Errback(new BoomException());
        Assert.Throws<AlreadyCalledException>(d.Callback);
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void Errback_twice_throws_and_keeps_the_first()
    {
        var d = new Deferred();
        d.Errback(new BoomException());
        Assert.Throws<AlreadyCalledException>(() => d.Errback(new OtherException()));
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void Firing_inside_its_own_callback_throws_there()
    {
        var d = new Deferred();
        d.AddCallback(() => d.Callback());
        d.Callback();
        Probe.FailureOf<AlreadyCalledException>(d);
    }

    [Fact]
    public void What_Succeed_returned_cannot_be_fired()
    {
        Assert.Throws<AlreadyCalledException>(() => Deferred.Succeed().Callback());
        Assert.Throws<AlreadyCalledException>(() => Deferred.Succeed(1).Callback(2));
    }

    [Fact]
    public void Callback_without_a_value_on_a_chain_that_needs_one_throws()
    {
        var valued = new Deferred<int>();
        Deferred untyped = valued;
        Assert.Throws<InvalidOperationException>(untyped.Callback);
        Assert.False(valued.IsFired);
    }

    [Fact]
    public void A_Deferred_is_refused_as_a_value()
    {
        var d = new Deferred<object>();
        Assert.Throws<ArgumentException>(() => d.Callback(new Deferred()));
        Assert.False(d.IsFired);
    }

    [Fact]
    public void A_Deferred_is_refused_as_the_value_of_an_async_method()
    {
        Probe.FailureOf<ArgumentException>(Wrong());

#pragma warning disable CS1998 // it returns at once, which is the case
        static async Deferred<object> Wrong() => new Deferred();
#pragma warning restore CS1998
    }

    [Fact]
    public void Never_is_never_settled_until_it_is_cancelled()
    {
        Deferred d = Deferred.Never();
        Assert.False(d.IsFired);
        d.Cancel();
        Probe.FailureOf<CancelledException>(d);
    }

    [Fact]
    public void Fail_has_its_failure_already()
    {
        Probe.FailureOf<BoomException>(Deferred.Fail(new BoomException()));
        Probe.FailureOf<BoomException>(Deferred.Fail<int>(new BoomException()));
    }

    [Fact]
    public void Try_passes_what_the_function_returns()
    {
        var pending = new Deferred<int>();
        Assert.Same(pending, Deferred.Try(() => pending));
        Assert.Equal(1, Probe.ValueOf(Deferred.Try(() => Deferred.Succeed(1))));
    }

    [Fact]
    public void Try_turns_a_throw_into_a_failure()
    {
        Probe.FailureOf<BoomException>(Deferred.Try(Deferred () => throw new BoomException()));
        Probe.FailureOf<BoomException>(Deferred.Try(Deferred<int> () => throw new BoomException()));
    }

    [Fact]
    public void Try_turns_null_into_a_failure()
    {
        Probe.FailureOf<InvalidOperationException>(Deferred.Try(Deferred () => null!));
        Probe.FailureOf<InvalidOperationException>(Deferred.Try(Deferred<int> () => null!));
    }

    [Fact]
    public void Try_takes_async_lambdas()
    {
        var gate = new Deferred();
        Deferred<int> d = Deferred.Try(async () =>
        {
            await gate;
            return 5;
        });
        gate.Callback();
        Assert.Equal(5, Probe.ValueOf(d));
    }
}
