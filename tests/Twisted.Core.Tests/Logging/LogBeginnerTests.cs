using Microsoft.Extensions.Logging;
using Twisted.Logging;
using Twisted.Testing;
using static Twisted.Tests.EventSamples;

namespace Twisted.Tests;

public class LogBeginnerTests
{
    private readonly LogCapture _unheard = new();
    private readonly LogCapture _log = new();

    [Fact]
    public void What_was_logged_before_is_kept_and_errors_are_shown_at_once()
    {
        var beginner = new LogBeginner(_unheard);
        beginner.Observe(Event("one"));
        beginner.Observe(Event("two", LogLevel.Error));
        Assert.Equal("two", Assert.Single(_unheard.Events).Message);
        beginner.Begin(_log, () => Noon);
        beginner.Observe(Event("three", LogLevel.Error));
        Assert.Equal(["one", "two", "three"], _log.Events.Select(one => one.Message));
        Assert.Single(_unheard.Events);
    }

    [Fact]
    public void No_more_than_65536_events_are_kept()
    {
        var beginner = new LogBeginner(_unheard);
        for (int i = 0; i < 65_538; i++)
            beginner.Observe(Event($"{i}"));
        beginner.Begin(_log, () => Noon);
        Assert.Equal((65_536, "2"), (_log.Events.Count, _log.Events[0].Message));
    }

    [Fact]
    public void A_second_beginning_adds_a_place_and_warns()
    {
        var beginner = new LogBeginner(_unheard);
        var second = new LogCapture();
        Action end = beginner.Begin(_log, () => Noon);
        Action endSecond = beginner.Begin(second, () => Noon);
        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Events).Level);
        Assert.Single(second.Events);
        end();
        end(); // counts once
        beginner.Observe(Event("to the second"));
        Assert.Single(_log.Events);
        Assert.Equal(2, second.Events.Count);
        endSecond();
        beginner.Observe(Event("to nobody"));
        Assert.False(beginner.HasBegun);
        beginner.Begin(_log, () => Noon);
        Assert.Equal("to nobody", _log.Events[^1].Message);
    }

    [Fact]
    public void Lines_that_are_printed_become_messages_and_what_an_observer_prints_does_not()
    {
        var screen = new StringWriter();
        LineLogWriter? printing = null;
        var printer = new TextLogObserver(() => printing!);
        ILogger log = new ObserverLoggerFactory(new LogPublisher(_log, printer)).CreateLogger("stdout");
        using (printing = new LineLogWriter(log, LogLevel.Information, screen))
        {
            printing.Write("one");
            printing.WriteLine(" and");
            printing.Write("two\r\nthree\n\nfour");
            printing.Write('!');
            printing.WriteLine();
        }
        Assert.Equal(["one and", "two", "three", "", "four!"], _log.Events.Select(one => one.Message));
        Assert.Contains("[stdout] four!\n", screen.ToString(), StringComparison.Ordinal);
    }
}
