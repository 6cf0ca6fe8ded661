namespace Twisted.Tests;

public class ErrbackTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public void An_errback_recovers_with_a_value()
    {
        Assert.Equal(7, Probe.ValueOf(Deferred.Fail<int>(new BoomException()).AddErrback(_ => 7)));
    }

    [Fact]
    public void An_errback_without_a_value_ends_the_failure()
    {
        Deferred end = Deferred.Fail<int>(new BoomException()).AddErrback(e => { _seen.Add(e.Message); });
        Probe.Succeeded(end);
        Assert.Equal(["boom"], _seen);
    }

    [Fact]
    public void An_errback_is_given_the_very_exception()
    {
        var failure = new BoomException();
        Assert.Same(failure, Probe.FailureOf<BoomException>(Deferred.Fail(failure)));
    }

    [Fact]
    public void A_throwing_errback_replaces_the_failure()
    {
        Deferred<int> d = Deferred.Fail<int>(new BoomException()).AddErrback(_ => throw new OtherException());
        Probe.FailureOf<OtherException>(d);
    }

    [Fact]
    public void An_errback_may_rethrow_what_it_was_given()
    {
        var failure = new BoomException();
        Deferred<int> d = Deferred.Fail<int>(failure).AddErrback(e => throw e);
        Assert.Same(failure, Probe.FailureOf<BoomException>(d));
    }

    [Fact]
    public void A_typed_errback_takes_its_kind()
    {
        Deferred<int> d = Deferred.Fail<int>(new TimeoutException()).AddErrback((TimeoutException _) => 1);
        Assert.Equal(1, Probe.ValueOf(d));
    }

    [Fact]
    public void A_typed_errback_takes_derived_kinds()
    {
        Deferred<int> d = Deferred.Fail<int>(new CancelledException()).AddErrback<OperationCanceledException>(_ => 1);
        Assert.Equal(1, Probe.ValueOf(d));
    }

    [Fact]
    public void A_typed_errback_lets_other_kinds_pass()
    {
        Deferred<int> d = Deferred.Fail<int>(new BoomException()).AddErrback<TimeoutException>(_ =>
        {
            _seen.Add("wrong");
            return 1;
        });
        Probe.FailureOf<BoomException>(d);
        Assert.Empty(_seen);
    }

    [Fact]
    public void The_first_typed_errback_that_fits_is_the_one_that_runs()
    {
        Deferred<string> d = Deferred.Fail<string>(new BoomException())
            .AddErrback<TimeoutException>(_ => "timeout")
            .AddErrback<BoomException>(_ => "boom")
            .AddErrback(_ => "any");
        Assert.Equal("boom", Probe.ValueOf(d));
    }

    [Fact]
    public void A_typed_errback_without_a_value_on_a_chain_without_one()
    {
        Deferred end = Deferred.Fail(new BoomException())
            .AddErrback((TimeoutException _) => { _seen.Add("wrong"); })
            .AddErrback((BoomException e) => { _seen.Add(e.Message); });
        Probe.Succeeded(end);
        Assert.Equal(["boom"], _seen);
    }

    [Fact]
    public void A_typed_errback_may_wait_for_a_Deferred()
    {
        var rescue = new Deferred<int>();
        Deferred<int> d = Deferred.Fail<int>(new BoomException()).AddErrback((BoomException _) => rescue);
        Assert.False(d.IsSettled);
        rescue.Callback(9);
        Assert.Equal(9, Probe.ValueOf(d));
    }

    [Fact]
    public void An_errback_may_wait_for_a_Deferred_without_a_value()
    {
        var rescue = new Deferred();
        Deferred d = Deferred.Fail(new BoomException()).AddErrback(_ => rescue);
        Assert.False(d.IsSettled);
        rescue.Callback();
        Probe.Succeeded(d);
    }

    [Fact]
    public void Failures_and_recoveries_may_alternate()
    {
        Deferred<string> d = Deferred.Succeed("a")
            .AddCallback(string (_) => throw new BoomException("1"))
            .AddErrback(e => e.Message + "b")
            .AddCallback(string (s) => throw new BoomException(s + "c"))
            .AddErrback(e => e.Message + "d");
        Assert.Equal("1bcd", Probe.ValueOf(d));
    }

    [Fact]
    public void Errback_needs_a_reason()
    {
        var d = new Deferred();
        Assert.Throws<ArgumentNullException>(() => d.Errback(null!));
        Assert.False(d.IsFired);
    }

    [Fact]
    public void An_errback_that_is_added_to_a_failed_chain_runs_at_once()
    {
        var d = new Deferred<int>();
        d.Errback(new BoomException());
        d.AddErrback(e => { _seen.Add(e.Message); });
        Assert.Equal(["boom"], _seen);
    }

    [Fact]
    public void The_stack_of_the_throw_is_in_the_failure()
    {
        Deferred<int> d = Deferred.Succeed(1).AddCallback(ThrowHere);
        Assert.Contains(nameof(ThrowHere), Probe.FailureOf<BoomException>(d).StackTrace);
    }

    private static int ThrowHere(int _) => throw new BoomException();
}
