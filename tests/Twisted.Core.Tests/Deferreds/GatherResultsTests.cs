namespace Twisted.Tests;

public class GatherResultsTests
{
    private readonly Deferred<int> _first = new();
    private readonly Deferred<int> _second = new();

    [Fact]
    public void Values_come_in_the_order_of_the_Deferreds()
    {
        Deferred<int[]> all = Deferred.GatherResults([_first, _second]);
        _second.Callback(2);
        Assert.False(all.IsFired);
        _first.Callback(1);
        Assert.Equal([1, 2], Probe.ValueOf(all));
    }

    [Fact]
    public void Nothing_to_wait_for_is_an_empty_result()
    {
        Assert.Empty(Probe.ValueOf(Deferred.GatherResults<int>([])));
        Probe.Succeeded(Deferred.GatherResults(Array.Empty<Deferred>()));
    }

    [Fact]
    public void The_first_failure_fails_it_and_says_where()
    {
        Deferred<int[]> all = Deferred.GatherResults([_first, _second]);
        var failure = new BoomException();
        _second.Errback(failure);
        var error = Probe.FailureOf<FirstErrorException>(all);
        Assert.Same(failure, error.SubFailure);
        Assert.Equal(1, error.Index);
    }

    [Fact]
    public void A_failure_does_not_cancel_the_others()
    {
        Deferred<int[]> all = Deferred.GatherResults([_first, _second]);
        _second.Errback(new BoomException());
        Probe.FailureOf<FirstErrorException>(all);
        Assert.False(_first.IsFired);
        _first.Callback(1);
        Assert.Equal(1, Probe.ValueOf(_first));
    }

    [Fact]
    public void Failures_are_taken_out_of_the_chains_even_late_ones()
    {
        using var sink = new CountingSink();
        Deferred<int[]> all = Deferred.GatherResults([_first, _second]);
        _first.Errback(new BoomException());
        _second.Errback(new BoomException());
        Probe.FailureOf<FirstErrorException>(all);
        Assert.Equal(0, sink.Outstanding);
    }

    [Fact]
    public void Values_stay_in_the_chains()
    {
        _ = Deferred.GatherResults([_first]);
        _first.Callback(1);
        Assert.Equal(1, Probe.ValueOf(_first));
    }

    [Fact]
    public void Cancel_cancels_all()
    {
        Deferred<int[]> all = Deferred.GatherResults([_first, _second]);
        all.Cancel();
        Assert.True(_first.IsFired);
        Assert.True(_second.IsFired);
        Assert.IsType<CancelledException>(Probe.FailureOf<FirstErrorException>(all).SubFailure);
    }

    [Fact]
    public void A_canceller_that_throws_is_reported_and_the_others_run()
    {
        using var sink = new CountingSink();
        bool cancelled = false;
        var broken = new Deferred<int>(_ => throw new BoomException());
        Deferred<int[]> all = Deferred.GatherResults([broken, Probe.Canceller<int>(() => cancelled = true)]);
        all.Cancel();
        Assert.True(cancelled);
        Assert.IsType<BoomException>(Assert.Single(sink.Reported).Failure);
        Probe.FailureOf<FirstErrorException>(all);
    }

    [Fact]
    public void A_value_after_a_cancellation_that_could_not_be_told_is_no_second_result()
    {
        using var sink = new CountingSink();
        var deaf = new Deferred<int>(_ => throw new BoomException());
        Deferred<int[]> all = Deferred.GatherResults([deaf]);
        all.Cancel();
        Probe.FailureOf<CancelledException>(all);
        deaf.Callback(1);
        Assert.Equal(1, Probe.ValueOf(deaf));
    }

    [Fact]
    public void Deferreds_of_any_type_can_be_waited_for_without_values()
    {
        var plain = new Deferred();
        Deferred all = Deferred.GatherResults(new Deferred[] { _first, plain });
        plain.Callback();
        Assert.False(all.IsFired);
        _first.Callback(1);
        Probe.Succeeded(all);
        Assert.Equal(1, Probe.ValueOf(_first));
    }

    [Fact]
    public void The_first_failure_of_any_type_fails_it()
    {
        var plain = new Deferred();
        Deferred all = Deferred.GatherResults(new Deferred[] { _first, plain });
        plain.Errback(new BoomException());
        Assert.Equal(1, Probe.FailureOf<FirstErrorException>(all).Index);
    }

    [Fact]
    public void Cancel_without_values_cancels_all()
    {
        Deferred all = Deferred.GatherResults(new Deferred[] { _first, _second });
        all.Cancel();
        Assert.True(_second.IsFired);
        Probe.FailureOf<FirstErrorException>(all);
    }

    [Fact]
    public void Two_of_different_types_give_a_pair()
    {
        var text = new Deferred<string>();
        Deferred<(int, string)> both = Deferred.GatherResults(_first, text);
        text.Callback("b");
        _first.Callback(1);
        Assert.Equal((1, "b"), Probe.ValueOf(both));
    }

    [Fact]
    public void A_failure_of_two_fails_the_pair()
    {
        var text = new Deferred<string>();
        Deferred<(int, string)> both = Deferred.GatherResults(_first, text);
        text.Errback(new BoomException());
        Assert.Equal(1, Probe.FailureOf<FirstErrorException>(both).Index);
    }

    [Fact]
    public void Cancelling_the_pair_cancels_both()
    {
        var text = new Deferred<string>();
        Deferred<(int, string)> both = Deferred.GatherResults(_first, text);
        both.Cancel();
        Assert.True(_first.IsFired);
        Assert.True(text.IsFired);
        Probe.FailureOf<FirstErrorException>(both);
    }

    [Fact]
    public void Values_that_all_cancellers_give_are_the_result()
    {
        Deferred<int[]> all = Deferred.GatherResults(
            [new Deferred<int>(self => self.Callback(1)), new Deferred<int>(self => self.Callback(2))]);
        all.Cancel();
        Assert.Equal([1, 2], Probe.ValueOf(all));
    }
}
