using Twisted.Internet;
using Twisted.Benchmarks.Load;

namespace Twisted.Tests.Benchmarks.Load;

/// <summary>What is counted, and when it is held.</summary>
public class LoadFigureTests
{
    private static LoadResult Result() => new(LoadTest.All[0]);

    [Theory]
    [InlineData(150, true)]
    [InlineData(150.1, false)]
    public void A_limit_is_held_up_to_itself(double value, bool isHeld)
    {
        LoadResult result = Result();
        result.AtMost("memory", value, 150, "MB");
        Assert.Equal(isHeld, result.IsHeld);
        Assert.EndsWith(isHeld ? "at most 150 MB             held" : "at most 150 MB             MISSED",
            result.Figures[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void What_has_to_be_exact_is_held_by_nothing_else(double value, bool isHeld)
    {
        LoadResult result = Result();
        result.Exactly("lost", value, 0);
        Assert.Equal(isHeld, result.IsHeld);
    }

    [Fact]
    public void What_is_only_told_is_never_missed()
    {
        LoadResult result = Result();
        result.Tell("bytes", 1e9);
        Assert.True(result.IsHeld);
        Assert.EndsWith("1,000,000,000", result.Figures[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_percentile_is_right_within_its_step()
    {
        var latency = new LatencyRecord();
        Assert.Equal(0, latency.Percentile(0.99));
        for (int i = 1; i <= 1000; i++)
            latency.Add(TimeSpan.FromMilliseconds(i));
        Assert.InRange(latency.Percentile(0.5), 500, 510.1);
        Assert.InRange(latency.Percentile(0.99), 990, 1009.9);
    }

    [Fact]
    public void A_slope_is_that_of_the_line_that_fits_best()
    {
        Assert.Equal(2, SoakSamples.SlopeOf([(0, 1), (1, 3), (2, 5)]), 9);
        Assert.Equal(0, SoakSamples.SlopeOf([(1, 3)]));
        Assert.Equal(0, SoakSamples.SlopeOf([(1, 3), (1, 5)]));
    }

    [Fact]
    public void What_is_held_on_to_is_alive()
    {
        var tracked = new Tracked();
        object held = new();
        tracked.Add(held);
        AddGarbage(tracked);
        GC.Collect();
        Assert.Equal(1, tracked.CountAlive());
        GC.KeepAlive(held);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void AddGarbage(Tracked tracked)
    {
        for (int i = 0; i < 10_000; i++)
            tracked.Add(new object());
    }

    [Theory]
    [InlineData(20, 0, 0, 0, true)]
    [InlineData(5, 0, 0, 0, false)]
    [InlineData(20, 15, 0, 0, false)]
    [InlineData(20, 0, 15, 0, false)]
    [InlineData(20, 0, 0, 10, false)] // an interrupt
    public void Stalls_are_own_only_by_their_work(
        int processor, int collecting, int compiling, int kernel, bool isOwn)
    {
        var stalls = new StallCounter(() => TimeSpan.FromMilliseconds(kernel));
        stalls.Add(Stall("it", processor, collecting, compiling));
        Assert.Equal(isOwn ? (1, 0) : (0, 1), (stalls.Own, stalls.Others));
        Assert.StartsWith("it: 20.0 ms, ", Assert.Single(stalls.Named), StringComparison.Ordinal);
    }

    [Fact]
    public void Measuring_is_no_stall()
    {
        var stalls = new StallCounter(() => TimeSpan.Zero) { IsMeasuring = true };
        stalls.Add(Stall("it", 20, 0, 0));
        stalls.IsMeasuring = false;
        stalls.Add(Stall("Twisted.Benchmarks.Load.LoadControl: connection readable", 20, 0, 0));
        Assert.Equal((0, 0), (stalls.Own, stalls.Others));
    }

    private static ReactorStall Stall(string callback, int processor, int collecting, int compiling) =>
        new(callback, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(processor),
            TimeSpan.FromMilliseconds(collecting), TimeSpan.FromMilliseconds(compiling));
}
