using Microsoft.Extensions.Logging;
using Twisted.Logging;
using Twisted.Testing;
using static Twisted.Tests.EventSamples;

namespace Twisted.Tests;

public class ThrottlingLogObserverTests
{
    private readonly VirtualClock _clock = new();
    private readonly LogCapture _log = new();

    [Fact]
    public void Five_of_a_kind_pass_in_ten_seconds_and_the_rest_is_counted()
    {
        var throttled = new ThrottlingLogObserver(_log, _clock.TimeProvider);
        for (int i = 0; i < 1000; i++)
            throttled.Observe(Event("bad", LogLevel.Error));
        throttled.Observe(Event("worse", LogLevel.Error));
        Assert.Equal(6, _log.Events.Count);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((LogLevel.Error, "Shop.Cart", "995 more like this in 10 s: bad"),
            (_log.Events[^1].Level, _log.Events[^1].Category, _log.Events[^1].Message));
        Assert.Equal(7, _log.Events.Count);
        throttled.Observe(Event("bad", LogLevel.Error));
        Assert.Equal("bad", _log.Events[^1].Message);
        throttled.Dispose();
        Assert.Equal(8, _log.Events.Count);
    }

    [Fact]
    public void What_is_no_warning_passes_and_the_end_tells_the_count()
    {
        var throttled = new ThrottlingLogObserver(_log, _clock.TimeProvider);
        for (int i = 0; i < 100; i++)
            throttled.Observe(Event());
        Assert.Equal(100, _log.Events.Count);
        for (int i = 0; i < 6; i++)
            throttled.Observe(Event("bad", LogLevel.Warning, failure: new InvalidDataException("no")));
        throttled.Dispose();
        Assert.Equal("1 more like this in 10 s: bad: no", _log.Events[^1].Message);
    }

    [Theory]
    [InlineData(1_000_000, false)]
    [InlineData(100_000, true)] // each with a message of its own, as a peer would
    public void A_flood_of_failures_writes_less_than_a_megabyte_a_minute(int count, bool differ)
    {
        var output = new StringWriter();
        using (var throttled = new ThrottlingLogObserver(new TextLogObserver(output), _clock.TimeProvider))
        {
            string stack = new('s', 2000);
            const int steps = 60;
            for (int i = 0; i < count; i++)
            {
                throttled.Observe(Event("Unhandled error", LogLevel.Error,
                    failure: new InvalidDataException(differ ? $"{i} {stack}" : stack)));
                if ((i + 1) % (count / steps) == 0)
                    _clock.Advance(TimeSpan.FromSeconds(1));
            }
        }
        Assert.InRange(output.GetStringBuilder().Length, 10_000, 1_000_000);
        Assert.Contains(differ ? " more of other kinds in 10 s" : " more like this in 10 s", output.ToString(),
            StringComparison.Ordinal);
    }
}
