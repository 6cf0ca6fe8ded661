namespace Twisted.Tests;

public class RaceTests
{
    private readonly Deferred<string> _first = new();
    private readonly Deferred<string> _second = new();

    [Fact]
    public void The_first_value_wins_and_the_others_are_cancelled()
    {
        Deferred<(int Index, string Value)> race = Deferred.Race([_first, _second]);
        _second.Callback("b");
        Assert.Equal((1, "b"), Probe.ValueOf(race));
        Assert.True(_first.IsFired);
    }

    [Fact]
    public void One_that_has_a_value_already_wins_at_once()
    {
        Deferred<(int Index, string Value)> race = Deferred.Race([_first, Deferred.Succeed("now")]);
        Assert.Equal((1, "now"), Probe.ValueOf(race));
        Assert.True(_first.IsFired);
    }

    [Fact]
    public void A_failure_does_not_end_the_race()
    {
        Deferred<(int Index, string Value)> race = Deferred.Race([_first, _second]);
        _first.Errback(new BoomException());
        Assert.False(race.IsFired);
        _second.Callback("b");
        Assert.Equal((1, "b"), Probe.ValueOf(race));
    }

    [Fact]
    public void When_all_fail_it_fails_with_all_failures_in_order()
    {
        Deferred<(int Index, string Value)> race = Deferred.Race([_first, _second]);
        _second.Errback(new OtherException());
        _first.Errback(new BoomException());
        var group = Probe.FailureOf<FailureGroupException>(race);
        Assert.IsType<BoomException>(group.InnerExceptions[0]);
        Assert.IsType<OtherException>(group.InnerExceptions[1]);
    }

    [Fact]
    public void Cancel_cancels_all()
    {
        Deferred<(int Index, string Value)> race = Deferred.Race([_first, _second]);
        race.Cancel();
        Assert.True(_first.IsFired);
        Assert.True(_second.IsFired);
        Probe.FailureOf<FailureGroupException>(race);
    }

    [Fact]
    public void The_cancellations_of_the_losers_are_not_unhandled()
    {
        using var sink = new CountingSink();
        _ = Deferred.Race([_first, _second]);
        _second.Callback("b");
        Assert.Equal(0, sink.Outstanding);
    }

    [Fact]
    public void A_race_of_none_is_a_mistake()
    {
        Assert.Throws<ArgumentException>(() => Deferred.Race<int>([]));
    }
}
