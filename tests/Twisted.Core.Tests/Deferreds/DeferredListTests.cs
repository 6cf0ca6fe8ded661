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

    [Fact]
    public void Deferreds_that_have_ended_already_count_at_once()
    {
        Deferred<int> failed = Deferred.Fail<int>(new BoomException());
        Outcome<int>[] outcomes = Probe.ValueOf(
            Deferred.List([Deferred.Succeed(1), failed], DeferredListOptions.ConsumeErrors));
        Assert.Equal(1, outcomes[0].Value);
        Assert.IsType<BoomException>(outcomes[1].Failure);
    }

    [Fact]
    public void FireOnOneErrback_fails_at_once_with_the_first_that_has_failed_already()
    {
        Deferred<Outcome<int>[]> list = Deferred.List(
            [_first, Deferred.Fail<int>(new BoomException()), Deferred.Fail<int>(new OtherException())],
            DeferredListOptions.FireOnOneErrback | DeferredListOptions.ConsumeErrors);
        FirstErrorException failure = Probe.FailureOf<FirstErrorException>(list);
        Assert.Equal(1, failure.Index);
        Assert.IsType<BoomException>(failure.SubFailure);
    }

    [Fact]
    public void Cancel_with_FireOnOneCallback_cancels_all()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second],
            DeferredListOptions.FireOnOneCallback | DeferredListOptions.ConsumeErrors);
        list.Cancel();
        Assert.All(Probe.ValueOf(list), o => Assert.IsType<CancelledException>(o.Failure));
    }

    [Fact]
    public void A_value_that_a_canceller_gives_counts_with_FireOnOneCallback()
    {
        var kind = new Deferred<int>(self => self.Callback(7));
        Deferred<Outcome<int>[]> list = Deferred.List([_first, kind],
            DeferredListOptions.FireOnOneCallback | DeferredListOptions.ConsumeErrors);
        list.Cancel();
        Assert.Equal(7, Probe.ValueOf(list)[1].Value);
        Assert.True(_first.IsFired);
    }

    [Fact]
    public void Cancel_with_FireOnOneErrback_cancels_all_and_fails_with_the_first()
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second],
            DeferredListOptions.FireOnOneErrback | DeferredListOptions.ConsumeErrors);
        list.Cancel();
        FirstErrorException failure = Probe.FailureOf<FirstErrorException>(list);
        Assert.IsType<CancelledException>(failure.SubFailure);
        Assert.Equal(0, failure.Index);
        Assert.True(_second.IsFired);
    }

    [Fact]
    public void Values_that_all_cancellers_give_are_the_result_with_FireOnOneErrback()
    {
        Deferred<Outcome<int>[]> list = Deferred.List(
            [new Deferred<int>(self => self.Callback(1)), new Deferred<int>(self => self.Callback(2))],
            DeferredListOptions.FireOnOneErrback);
        list.Cancel();
        Assert.Equal([1, 2], Probe.ValueOf(list).Select(o => o.Value));
    }

    [Fact]
    public void Cancel_reaches_the_Deferreds_that_were_given_whatever_becomes_of_their_list()
    {
        var given = new List<Deferred<int>> { _first, _second };
        Deferred<Outcome<int>[]> list = Deferred.List(given, DeferredListOptions.ConsumeErrors);
        given.Clear();
        list.Cancel();
        Assert.Equal(2, Probe.ValueOf(list).Length);
        Assert.True(_first.IsFired && _second.IsFired);
    }

    [Fact]
    public void A_canceller_that_throws_is_reported_and_the_others_run()
    {
        using var sink = new CountingSink();
        var broken = new Deferred<int>(_ => throw new BoomException());
        Deferred<Outcome<int>[]> list = Deferred.List([broken, _second], DeferredListOptions.ConsumeErrors);
        list.Cancel();
        Assert.True(_second.IsFired);
        Assert.IsType<BoomException>(Assert.Single(sink.Reported).Failure);
    }

    [Theory]
    [InlineData(DeferredListOptions.FireOnOneCallback)]
    [InlineData(DeferredListOptions.FireOnOneErrback)]
    public void Cancel_after_it_has_fired_leaves_the_others_alone(DeferredListOptions options)
    {
        Deferred<Outcome<int>[]> list = Deferred.List([_first, _second], options | DeferredListOptions.ConsumeErrors);
        if (options == DeferredListOptions.FireOnOneCallback)
            _first.Callback(1);
        else
            _first.Errback(new BoomException());
        Assert.True(list.IsFired);
        list.Cancel();
        Assert.False(_second.IsFired);
        list.AddErrback((FirstErrorException _) => []);
    }
}
