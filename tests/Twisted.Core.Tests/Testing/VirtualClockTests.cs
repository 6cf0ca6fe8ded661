using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Tests;

public class VirtualClockTests
{
    private readonly VirtualClock _clock = new();
    private readonly List<string> _seen = [];

    [Fact]
    public void Time_stands_still_unless_it_is_moved()
    {
        TimeSpan start = _clock.Now;
        Assert.Equal(start, _clock.Now);
        _clock.Advance(FromSeconds(1.5));
        Assert.Equal(start + FromSeconds(1.5), _clock.Now);
    }

    [Fact]
    public void Advance_runs_what_is_due_and_nothing_else()
    {
        _clock.CallLater(FromSeconds(1), _seen.Add, "one");
        IDelayedCall two = _clock.CallLater(FromSeconds(2), _seen.Add, "two");
        _clock.Advance(FromSeconds(1));
        Assert.Equal(["one"], _seen);
        Assert.Same(two, Assert.Single(_clock.DelayedCalls));
        _clock.Advance(FromSeconds(1));
        Assert.Equal(["one", "two"], _seen);
        Assert.Empty(_clock.DelayedCalls);
    }

    [Fact]
    public void Each_call_later_has_an_object_of_its_own()
    {
        IDelayedCall first = _clock.CallLater(FromSeconds(2), _seen.Add, "first");
        IDelayedCall second = _clock.CallLater(FromSeconds(1), _seen.Add, "second");
        Assert.NotSame(first, second);
        Assert.Equal(FromSeconds(2), first.Time - _clock.Now);
        Assert.Equal(FromSeconds(1), second.Time - _clock.Now);
        first.Cancel();
        _clock.Advance(FromSeconds(2));
        Assert.Equal(["second"], _seen);
    }

    [Fact]
    public void A_call_that_cancels_itself_is_told_that_it_runs()
    {
        IDelayedCall? own = null;
        bool? cancelled = null;
        own = _clock.CallLater(FromSeconds(1), () => cancelled = own!.Cancel());
        _clock.Advance(FromSeconds(1));
        Assert.False(cancelled);
    }

    [Theory]
    [InlineData(0.5, new[] { "moved", "stays" })]
    [InlineData(3, new[] { "stays", "moved" })]
    public void A_call_that_is_moved_has_its_place_by_its_new_time(double seconds, string[] expected)
    {
        IDelayedCall moved = _clock.CallLater(FromSeconds(seconds < 1 ? 2 : 0.5), _seen.Add, "moved");
        _clock.CallLater(FromSeconds(1), _seen.Add, "stays");
        moved.Reset(FromSeconds(seconds));
        _clock.Advance(FromSeconds(4));
        Assert.Equal(expected, _seen);
    }

    [Fact]
    public void A_call_may_move_another_while_time_jumps()
    {
        IDelayedCall moved = _clock.CallLater(FromSeconds(2), _seen.Add, "moved");
        _clock.CallLater(FromSeconds(1), () =>
        {
            _seen.Add("first");
            moved.Reset(FromSeconds(3));
        });
        _clock.CallLater(FromSeconds(3), _seen.Add, "third");
        _clock.Jump(FromSeconds(3));
        Assert.Equal(["first", "third"], _seen);
        _clock.Advance(FromSeconds(3));
        Assert.Equal(["first", "third", "moved"], _seen);
    }

    [Fact]
    public void Jump_is_there_at_once_and_Advance_stops_at_each_due_time()
    {
        _clock.CallLater(FromSeconds(1), () => _seen.Add($"{_clock.Now.TotalSeconds}"));
        _clock.Advance(FromSeconds(2));
        _clock.CallLater(FromSeconds(1), () => _seen.Add($"{_clock.Now.TotalSeconds}"));
        _clock.Jump(FromSeconds(2));
        Assert.Equal(["1", "4"], _seen);
    }

    [Fact]
    public void Pump_moves_time_by_each_of_its_steps()
    {
        _clock.CallLater(FromSeconds(1), () => _seen.Add($"{_clock.Now.TotalSeconds}"));
        _clock.Pump([FromSeconds(0.4), FromSeconds(0.4), FromSeconds(0.4)]);
        Assert.Equal(["1"], _seen);
        Assert.Equal(FromSeconds(1.2), _clock.Now);
    }
}
