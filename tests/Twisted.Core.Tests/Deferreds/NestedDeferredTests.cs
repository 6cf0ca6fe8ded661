namespace Twisted.Tests;

public class NestedDeferredTests
{
    private readonly Deferred<int> _inner = new();

    [Fact]
    public void A_returned_Deferred_that_has_a_value_is_taken_at_once()
    {
        Assert.Equal(2, Probe.ValueOf(Deferred.Succeed(1).AddCallback(_ => Deferred.Succeed(2))));
    }

    [Fact]
    public void A_returned_Deferred_that_is_pending_is_waited_for()
    {
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => _inner);
        Assert.True(outer.IsFired);
        Assert.False(outer.IsSettled);
        _inner.Callback(3);
        Assert.Equal(3, Probe.ValueOf(outer));
    }

    [Fact]
    public void Later_links_wait_too()
    {
        var seen = new List<int>();
        Deferred.Succeed(1).AddCallback(_ => _inner).AddCallback(n => { seen.Add(n); });
        Assert.Empty(seen);
        _inner.Callback(3);
        Assert.Equal([3], seen);
    }

    [Fact]
    public void A_returned_Deferred_that_fails_makes_the_chain_fail()
    {
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => _inner);
        _inner.Errback(new BoomException());
        Probe.FailureOf<BoomException>(outer);
    }

    [Fact]
    public void A_returned_Deferred_that_has_failed_makes_the_chain_fail()
    {
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => Deferred.Fail<int>(new BoomException()));
        Probe.FailureOf<BoomException>(outer);
    }

    [Fact]
    public void The_links_of_the_inner_chain_run_first()
    {
        _inner.AddCallback(n => n * 10);
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => _inner).AddCallback(n => n + 1);
        _inner.Callback(4);
        Assert.Equal(41, Probe.ValueOf(outer));
    }

    [Fact]
    public void The_value_is_stolen_from_the_inner_chain()
    {
        _ = Deferred.Succeed(1).AddCallback(_ => _inner);
        _inner.Callback(4);
        Assert.Throws<InvalidOperationException>(() => _inner.AddCallback(n => n));
        Probe.Succeeded(_inner);
    }

    [Fact]
    public void The_failure_is_stolen_from_the_inner_chain()
    {
        using var sink = new CountingSink();
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => _inner);
        _inner.Errback(new BoomException());
        Assert.Equal(1, sink.Outstanding);
        Probe.FailureOf<BoomException>(outer);
        Assert.Equal(0, sink.Outstanding);
        Probe.Succeeded(_inner);
    }

    [Fact]
    public void Returning_itself_fails()
    {
        var d = new Deferred<int>();
        d.AddCallback(_ => d);
        d.Callback(1);
        Probe.FailureOf<InvalidOperationException>(d);
    }

    [Fact]
    public void Returning_a_view_of_itself_fails()
    {
        var d = new Deferred<int>();
        Deferred<string>? view = null;
        view = d.AddCallback(_ => view!);
        d.Callback(1);
        Probe.FailureOf<InvalidOperationException>(view);
    }

    [Fact]
    public void Returning_null_fails()
    {
        Deferred d = Deferred.Succeed().AddCallback(Deferred () => null!);
        Probe.FailureOf<InvalidOperationException>(d);
        Deferred<int> valued = Deferred.Succeed().AddCallback(Deferred<int> () => null!);
        Probe.FailureOf<InvalidOperationException>(valued);
    }

    [Fact]
    public void A_Deferred_that_another_chain_waits_for_yields_its_value_only_once()
    {
        Deferred<int> first = Deferred.Succeed(0).AddCallback(_ => _inner);
        Deferred<int> second = Deferred.Succeed(0).AddCallback(_ => _inner);
        _inner.Callback(8);
        Assert.Equal(8, Probe.ValueOf(first));
        Probe.FailureOf<InvalidOperationException>(second);
    }

    [Fact]
    public void A_Deferred_that_an_async_method_awaits_may_be_returned_as_well()
    {
        Deferred<int> awaiting = Await(_inner);
        Deferred<int> outer = Deferred.Succeed(0).AddCallback(_ => _inner);
        _inner.Callback(8);
        Assert.Equal(8, Probe.ValueOf(awaiting));
        Assert.Equal(8, Probe.ValueOf(outer));
    }

    [Fact]
    public void A_returned_Deferred_without_a_value_gives_none()
    {
        Deferred end = Deferred.Succeed(1).AddCallback(Deferred (_) => _inner);
        _inner.Callback(2);
        Probe.Succeeded(end);
    }

    [Fact]
    public void A_Deferred_out_of_a_link_typed_object_is_followed()
    {
        Deferred<object> outer = Deferred.Succeed(1).AddCallback<object>(_ => _inner);
        Assert.False(outer.IsSettled);
        _inner.Callback(6);
        Assert.Equal(6, Probe.ValueOf(outer));
    }

    [Fact]
    public void A_failed_Deferred_out_of_a_link_typed_object_is_followed()
    {
        Deferred<object> outer = Deferred.Succeed(1)
            .AddCallback<object>(_ => Deferred.Fail<int>(new BoomException()));
        Probe.FailureOf<BoomException>(outer);
    }

    [Fact]
    public void A_Deferred_of_the_wrong_type_out_of_a_loosely_typed_link_fails_with_the_types()
    {
        Deferred<Deferred<string>> outer = Deferred.Succeed(1).AddCallbacks(_ => Deferred.Succeed("text"), _ => null!);
        Assert.Contains("String", Probe.FailureOf<InvalidCastException>(outer).Message);
    }

    [Fact]
    public void Links_added_to_an_inner_chain_after_it_was_returned_run_after_the_outer_one_was_released()
    {
        var seen = new List<string>();
        Deferred.Succeed(1).AddCallback(_ => _inner).AddCallback(n => { seen.Add($"outer {n}"); });
        _inner.AddCallback(() => seen.Add("inner"));
        _inner.Callback(1);
        Assert.Equal(["outer 1", "inner"], seen);
    }

    [Fact]
    public void Adding_links_while_waiting_keeps_their_order()
    {
        var seen = new List<int>();
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => _inner);
        outer.AddCallback(n => { seen.Add(n); return n + 1; });
        outer.AddCallback(n => { seen.Add(n); return n + 1; });
        _inner.Callback(10);
        outer.AddCallback(n => { seen.Add(n); return n; });
        Assert.Equal([10, 11, 12], seen);
    }

    [Fact]
    public void An_errback_may_return_a_Deferred_that_fails_again()
    {
        Deferred<int> d = Deferred.Fail<int>(new BoomException())
            .AddErrback((BoomException _) => Deferred.Fail<int>(new OtherException()));
        Probe.FailureOf<OtherException>(d);
    }

    [Fact]
    public void AddBoth_may_return_a_Deferred()
    {
        Deferred<int> d = Deferred.Fail<string>(new BoomException()).AddBoth(_ => _inner);
        _inner.Callback(2);
        Assert.Equal(2, Probe.ValueOf(d));
        Deferred end = Deferred.Fail(new BoomException()).AddBoth(_ => Deferred.Succeed());
        Probe.Succeeded(end);
    }

    private static async Deferred<int> Await(Deferred<int> d) => await d;
}
