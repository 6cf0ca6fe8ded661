namespace Twisted.Tests;

public class CallbackTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public void A_chain_passes_its_value_on()
    {
        int seen = 0;
        var d = new Deferred<int>();
        d.AddCallback(n => n * 2).AddCallback(n => { seen = n; });
        d.Callback(21);
        Assert.Equal(42, seen);
    }

    [Fact]
    public void Callbacks_run_in_the_order_in_which_they_were_added()
    {
        var d = new Deferred();
        foreach (string name in (string[])["first", "second", "third", "fourth"])
            d.AddCallback(() => _seen.Add(name));
        d.Callback();
        Assert.Equal(["first", "second", "third", "fourth"], _seen);
    }

    [Fact]
    public void Nothing_runs_before_it_fires()
    {
        var d = new Deferred<int>();
        d.AddCallback(n => { _seen.Add("ran"); });
        Assert.Empty(_seen);
        d.Callback(1);
        Assert.Single(_seen);
    }

    [Fact]
    public void A_callback_that_is_added_after_firing_runs_at_once()
    {
        var d = new Deferred<int>();
        d.Callback(5);
        int seen = 0;
        d.AddCallback(n => { seen = n; });
        Assert.Equal(5, seen);
    }

    [Fact]
    public void Same_typed_links_chain_through_the_first_object()
    {
        var d = new Deferred<int>();
        d.AddCallback(n => n + 1);
        d.AddCallback(n => n * 10);
        d.Callback(1);
        Assert.Equal(20, Probe.ValueOf(d));
    }

    [Fact]
    public void A_same_typed_link_returns_the_same_object()
    {
        var d = new Deferred<int>();
        Assert.Same(d, d.AddCallback(n => n + 1));
        Assert.Same(d, d.AddErrback(_ => 0));
        Assert.Same(d, d.Finally(() => { }));
    }

    [Fact]
    public void Each_callback_sees_what_the_one_before_returned()
    {
        var d = new Deferred<int>();
        Deferred<string> text = d.AddCallback(n => n.ToString()).AddCallback(s => s + "!");
        d.Callback(7);
        Assert.Equal("7!", Probe.ValueOf(text));
    }

    [Fact]
    public void A_chain_without_a_value_can_get_one()
    {
        var d = new Deferred();
        Deferred<int> valued = d.AddCallback(() => 3);
        d.Callback();
        Assert.Equal(3, Probe.ValueOf(valued));
    }

    [Fact]
    public void A_callback_that_ignores_the_value_may_be_added_to_a_chain_that_has_one()
    {
        var d = new Deferred<int>();
        Deferred<string> text = d.AddCallback(() => "text");
        d.Callback(1);
        Assert.Equal("text", Probe.ValueOf(text));
    }

    [Fact]
    public void Null_is_a_value()
    {
        var d = new Deferred<string?>();
        d.Callback(null);
        Assert.Null(Probe.ValueOf(d));
    }

    [Fact]
    public void A_throwing_callback_makes_the_chain_fail()
    {
        var d = new Deferred<int>();
        d.AddCallback(n => n == 1 ? throw new BoomException() : n);
        d.Callback(1);
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void Callback_itself_does_not_throw_what_a_callback_throws()
    {
        var d = new Deferred();
        d.AddCallback(void () => throw new BoomException());
        d.Callback();
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void A_failure_skips_callbacks_until_an_errback()
    {
        var d = new Deferred<int>();
        Deferred end = d
            .AddCallback(int (n) => throw new BoomException())
            .AddCallback(n => { _seen.Add("skipped"); return n; })
            .AddErrback(e => { _seen.Add(e.Message); return -1; })
            .AddCallback(n => { _seen.Add($"{n}"); });
        d.Callback(1);
        Assert.Equal(["boom", "-1"], _seen);
        Probe.Succeeded(end);
    }

    [Fact]
    public void Success_skips_errbacks()
    {
        var d = new Deferred<int>();
        d.AddErrback(_ => { _seen.Add("errback"); return 0; });
        d.Callback(4);
        Assert.Equal(4, Probe.ValueOf(d));
        Assert.Empty(_seen);
    }

    [Fact]
    public void AddCallbacks_runs_the_callback_on_success()
    {
        Assert.Equal("ok 1", Probe.ValueOf(Deferred.Succeed(1).AddCallbacks(n => $"ok {n}", e => e.Message)));
    }

    [Fact]
    public void AddCallbacks_runs_the_errback_on_failure()
    {
        Assert.Equal("boom",
            Probe.ValueOf(Deferred.Fail<int>(new BoomException()).AddCallbacks(n => $"ok {n}", e => e.Message)));
    }

    [Fact]
    public void The_errback_of_AddCallbacks_does_not_see_what_its_callback_throws()
    {
        Deferred end = Deferred.Succeed(1).AddCallbacks(
            void (_) => throw new BoomException(),
            e => _seen.Add("errback"));
        Probe.FailureOf<BoomException>(end);
        Assert.Empty(_seen);
    }

    [Fact]
    public void AddCallbacks_without_a_value_runs_one_of_the_two()
    {
        Deferred.Succeed().AddCallbacks(() => _seen.Add("callback"), _ => _seen.Add("wrong"));
        Deferred.Fail(new BoomException()).AddCallbacks(() => _seen.Add("wrong"), e => _seen.Add(e.Message));
        Assert.Equal(["callback", "boom"], _seen);
    }

    [Fact]
    public void AddBoth_sees_success()
    {
        Assert.Equal(10, Probe.ValueOf(Deferred.Succeed(5).AddBoth(o => o.IsSuccess ? o.Value * 2 : 0)));
    }

    [Fact]
    public void AddBoth_sees_failure_and_ends_it()
    {
        Assert.Equal("boom",
            Probe.ValueOf(Deferred.Fail<int>(new BoomException()).AddBoth(o => o.Failure!.Message)));
    }

    [Fact]
    public void AddBoth_that_throws_makes_the_chain_fail()
    {
        Deferred end = Deferred.Succeed().AddBoth(void (_) => throw new BoomException());
        Probe.FailureOf<BoomException>(end);
    }

    [Fact]
    public void AddBoth_may_rethrow_the_failure_it_was_given()
    {
        var failure = new BoomException();
        Deferred end = Deferred.Fail(failure).AddBoth(outcome => outcome.ThrowIfFailed());
        Assert.Same(failure, Probe.FailureOf<BoomException>(end));
    }

    [Fact]
    public void The_value_of_a_failed_outcome_throws_the_failure()
    {
        Outcome<int> seen = default;
        Deferred.Fail<int>(new BoomException()).AddBoth(outcome => { seen = outcome; });
        Assert.Throws<BoomException>(() => seen.Value);
        Assert.False(seen.IsSuccess);
    }

    [Fact]
    public void Finally_runs_on_success_and_keeps_the_value()
    {
        Deferred<int> d = Deferred.Succeed(3).Finally(() => _seen.Add("cleanup"));
        Assert.Equal(3, Probe.ValueOf(d));
        Assert.Single(_seen);
    }

    [Fact]
    public void Finally_runs_on_failure_and_keeps_it()
    {
        var failure = new BoomException();
        Deferred<int> d = Deferred.Fail<int>(failure).Finally(() => _seen.Add("cleanup"));
        Assert.Same(failure, Probe.FailureOf<BoomException>(d));
        Assert.Single(_seen);
    }

    [Fact]
    public void What_Finally_throws_becomes_the_failure()
    {
        Deferred<int> d = Deferred.Succeed(3).Finally((Action)(() => throw new BoomException()));
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void Finally_waits_for_the_Deferred_it_is_given_and_keeps_the_value()
    {
        var cleanup = new Deferred();
        Deferred<int> d = Deferred.Succeed(3).Finally(() => cleanup);
        Assert.False(d.IsSettled);
        cleanup.Callback();
        Assert.Equal(3, Probe.ValueOf(d));
    }

    [Fact]
    public void Finally_waits_for_the_Deferred_it_is_given_and_keeps_the_failure()
    {
        var cleanup = new Deferred();
        Deferred d = Deferred.Fail(new BoomException()).Finally(() => cleanup);
        Assert.False(d.IsSettled);
        cleanup.Callback();
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void Finally_with_an_async_lambda_is_waited_for_and_its_failure_counts()
    {
        var cleanup = new Deferred();
        Deferred<int> d = Deferred.Succeed(3).Finally(async () =>
        {
            await cleanup;
            throw new OtherException();
        });
        Assert.False(d.IsSettled);
        cleanup.Callback();
        Probe.FailureOf<OtherException>(d);
    }

    [Fact]
    public void A_link_that_is_added_inside_a_callback_runs_after_those_that_are_there()
    {
        var d = new Deferred();
        d.AddCallback(() =>
        {
            _seen.Add("first");
            d.AddCallback(() => _seen.Add("added inside"));
        });
        d.AddCallback(() => _seen.Add("second"));
        d.Callback();
        Assert.Equal(["first", "second", "added inside"], _seen);
    }

    [Fact]
    public void A_link_that_is_added_inside_the_last_callback_is_not_run_inside_it()
    {
        Deferred d = Deferred.Succeed();
        d.AddCallback(() =>
        {
            d.AddCallback(() => _seen.Add("inner"));
            _seen.Add("outer");
        });
        Assert.Equal(["outer", "inner"], _seen);
    }

    [Fact]
    public void A_null_callback_is_refused_and_the_chain_stays_whole()
    {
        var d = new Deferred<int>();
        Assert.Throws<ArgumentNullException>(() => d.AddCallback((Func<int, int>)null!));
        Assert.Throws<ArgumentNullException>(() => d.AddErrback((Func<Exception, int>)null!));
        Assert.Throws<ArgumentNullException>(() => d.AddBoth((Action<Outcome<int>>)null!));
        Assert.Throws<ArgumentNullException>(() => d.Finally((Action)null!));
        d.Callback(1);
        Assert.Equal(1, Probe.ValueOf(d));
    }

    [Fact]
    public void IsFired_and_IsSettled_follow_the_chain()
    {
        var gate = new Deferred();
        var d = new Deferred<int>();
        Deferred end = d.AddCallback(_ => gate);
        Assert.False(d.IsFired);
        Assert.False(end.IsSettled);
        d.Callback(1);
        Assert.True(end.IsFired);
        Assert.False(end.IsSettled);
        gate.Callback();
        Assert.True(d.IsSettled);
    }

    [Fact]
    public void A_chain_is_not_settled_while_its_callback_runs()
    {
        var d = new Deferred();
        bool settled = true;
        d.AddCallback(() => { settled = d.IsSettled; });
        d.Callback();
        Assert.False(settled);
        Assert.True(d.IsSettled);
    }
}
