using Twisted.Benchmarks.Load;
using Twisted.Testing;

namespace Twisted.Tests.Benchmarks.Load;

/// <summary>The checks of l5 notice what is wrong.</summary>
public class TimerCheckTests
{
    private readonly VirtualClock _clock = new();

    private TimerCheck Set(int count)
    {
        var check = new TimerCheck(_clock, new Random(1), count, 10);
        check.SetAll();
        return check;
    }

    [Fact]
    public void Timers_that_run_as_they_were_set_are_right()
    {
        TimerCheck check = Set(100);
        _clock.Advance(TimeSpan.FromSeconds(3));
        Assert.True(check.Ended.IsFired);
        Assert.Equal((100, 0, 0, 0, 0), (check.HasRun, check.Lost, check.Twice, check.Early, check.OutOfOrder));
    }

    [Fact]
    public void A_timer_that_runs_again_early_and_out_of_order_is_noticed()
    {
        TimerCheck check = Set(100);
        check.Ran(5);
        Assert.Equal((1, 99, 1), (check.Early, check.Lost, check.HasRun));
        _clock.Advance(TimeSpan.FromSeconds(2.999));
        Assert.Equal((1, 0), (check.Twice, check.Lost));
        Assert.True(check.OutOfOrder > 0);
    }

    [Fact]
    public void Calls_out_of_order_twice_and_lost_are_noticed()
    {
        var check = new ThreadCheck(new MemoryReactor(_clock).Reactor, 2, 3);
        check.Ran(0, 0);
        check.Ran(1, 0);
        check.Ran(0, 1);
        Assert.Equal((0, 0, 3), (check.OutOfOrder, check.Twice, check.Lost));
        check.Ran(0, 1);
        Assert.Equal((1, 1, 3), (check.OutOfOrder, check.Twice, check.Lost));
        check.Ran(1, 2);
        Assert.Equal((2, 1, 2), (check.OutOfOrder, check.Twice, check.Lost));
    }
}
