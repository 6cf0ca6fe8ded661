namespace Twisted.Tests;

public class DeferredListTests
{
    private readonly Deferred<int> _first = new();
    private readonly Deferred<int> _second = new();

    [Fact]
    public void It_waits_for_all_and_tells_how_each_ended()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second]);
        _second.Errback(new BoomException());
        Assert.False(list.IsFired);
        _first.Callback(1);
        Outcome<int>[] outcomes = Probe.ValueOf(list);
        Assert.Equal(1, outcomes[0].Value);
        Assert.IsType<BoomException>(outcomes[1].Failure);
        Probe.FailureOf<BoomException>(_second);
    }

    [Fact]
    public void An_empty_list_fires_at_once()
    {
        Assert.Empty(Probe.ValueOf(Deferred.List<int>([])));
        Assert.Empty(Probe.ValueOf(Deferred.List<int>([], DeferredListOptions.FireOnOneErrback)));
        Assert.Empty(Probe.ValueOf(Deferred.List<int>([], DeferredListOptions.ConsumeErrors)));
    }

    [Fact]
    public void An_empty_list_that_fires_on_one_callback_never_fires()
    {
        Assert.False(Deferred.List<int>([], DeferredListOptions.FireOnOneCallback).IsFired);
    }

    [Fact]
    public void FireOnOneCallback_fires_at_the_first_success()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second], DeferredListOptions.FireOnOneCallback);
        _second.Callback(2);
        Outcome<int>[] outcomes = Probe.ValueOf(list);
        Assert.Equal(1, Array.FindIndex(outcomes, o => o.IsSuccess));
        Assert.Equal(2, outcomes[1].Value);
    }

    [Fact]
    public void FireOnOneCallback_is_not_changed_by_later_results()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second], DeferredListOptions.FireOnOneCallback);
        _second.Callback(2);
        Outcome<int>[] outcomes = Probe.ValueOf(list);
        _first.Callback(1);
        Assert.False(outcomes[0].IsSuccess);
    }

    [Fact]
    public void FireOnOneCallback_yields_all_failures_when_there_is_no_success()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second],
            DeferredListOptions.FireOnOneCallback | DeferredListOptions.ConsumeErrors);
        _first.Errback(new BoomException());
        _second.Errback(new OtherException());
        Outcome<int>[] outcomes = Probe.ValueOf(list);
        Assert.IsType<BoomException>(outcomes[0].Failure);
        Assert.IsType<OtherException>(outcomes[1].Failure);
    }

    [Fact]
    public void FireOnOneErrback_fails_at_the_first_failure()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second],
            DeferredListOptions.FireOnOneErrback | DeferredListOptions.ConsumeErrors);
        _second.Errback(new BoomException());
        Assert.Equal(1, Probe.FailureOf<FirstErrorException>(list).Index);
    }

    [Fact]
    public void FireOnOneErrback_yields_all_when_none_fails()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second], DeferredListOptions.FireOnOneErrback);
        _first.Callback(1);
        _second.Callback(2);
        Assert.Equal([1, 2], Probe.ValueOf(list).Select(o => o.Value));
    }

    [Fact]
    public void Errors_stay_in_their_chains_without_ConsumeErrors()
    {
        using var sink = new CountingSink();
        _ = Deferred.List([_first]);
        _first.Errback(new BoomException());
        Assert.Equal(1, sink.Outstanding);
        Probe.FailureOf<BoomException>(_first);
    }

    [Fact]
    public void ConsumeErrors_takes_them_out()
    {
        using var sink = new CountingSink();
        _ = Deferred.List([_first], DeferredListOptions.ConsumeErrors);
        _first.Errback(new BoomException());
        Assert.Equal(0, sink.Outstanding);
        Probe.Succeeded(_first);
    }

    [Fact]
    public void Cancel_cancels_all_and_the_outcomes_tell()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second], DeferredListOptions.ConsumeErrors);
        list.Cancel();
        Assert.All(Probe.ValueOf(list), o => Assert.IsType<CancelledException>(o.Failure));
    }

    [Fact]
    public void Cancel_leaves_results_that_are_there()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second], DeferredListOptions.ConsumeErrors);
        _first.Callback(1);
        list.Cancel();
        Outcome<int>[] outcomes = Probe.ValueOf(list);
        Assert.Equal(1, outcomes[0].Value);
        Assert.IsType<CancelledException>(outcomes[1].Failure);
    }
}
