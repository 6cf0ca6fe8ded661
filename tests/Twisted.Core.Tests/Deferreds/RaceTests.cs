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

    [Fact]
    public void A_value_that_a_loser_gives_when_it_is_cancelled_changes_nothing()
    {
        using var sink = new CountingSink();
        var winner = new Deferred<int>();
        Deferred<(int Index, int Value)> race = Deferred.Race(
            [new Deferred<int>(self => self.Callback(7)), winner, new Deferred<int>(self => self.Callback(8))]);
        winner.Callback(1);
        Assert.Equal((1, 1), Probe.ValueOf(race));
        Assert.Equal(0, sink.Outstanding);
        Assert.Empty(sink.Reported);
    }

    [Fact]
    public void The_late_result_of_a_loser_goes_nowhere()
    {
        using var sink = new CountingSink();
        var winner = new Deferred<int>();
        var loser = new Deferred<int>();
        Deferred<(int Index, int Value)> race = Deferred.Race([loser, winner]);
        winner.Callback(1);
        loser.Callback(2);
        Assert.Equal((1, 1), Probe.ValueOf(race));
        Assert.Equal(0, sink.Outstanding);
        Assert.Empty(sink.Reported);
    }
}
