using Microsoft.Extensions.Logging;
using Twisted.Logging;
using Twisted.Testing;
using static Twisted.Tests.EventSamples;

namespace Twisted.Tests;

public class LogObserverTests
{
    [Fact]
    public void An_observer_that_throws_misses_the_event_and_the_others_are_told()
    {
        var first = new LogCapture();
        var last = new LogCapture();
        var publisher = new LogPublisher(first, new Broken(), new Broken(), last);
        publisher.Observe(Event("one"));
        Assert.Equal("one", last.Events[^1].Message);
        Assert.Equal(3, first.Events.Count);
        Assert.All(first.Events.Skip(1), told =>
        {
            Assert.Equal((LogLevel.Critical, "no ink"), (told.Level, told.Exception?.Message));
            Assert.Contains("Broken", told.Message, StringComparison.Ordinal);
        });
        publisher.RemoveObserver(last);
        publisher.AddObserver(first); // it is there
        publisher.Observe(Event("two"));
        Assert.Equal(3, last.Events.Count);
        Assert.Equal(6, first.Events.Count);
    }

    [Fact]
    public void A_level_holds_for_a_category_and_all_below_it()
    {
        var filter = new LogLevelFilter(LogLevel.Warning);
        filter.SetLevel("Shop", LogLevel.Debug);
        filter.SetLevel("Shop.Cart", LogLevel.None);
        Assert.Equal(
            [LogLevel.Debug, LogLevel.Debug, LogLevel.None, LogLevel.None, LogLevel.Warning, LogLevel.Warning],
            new[] { "Shop", "Shop.Till", "Shop.Cart", "Shop.Cart.Wheel", "Shopping", "" }.Select(filter.LevelOf));
        filter.SetLevel("", LogLevel.Error);
        Assert.Equal(LogLevel.Error, filter.LevelOf("Shopping"));
    }

    [Fact]
    public void A_change_of_a_level_holds_for_loggers_that_are_there()
    {
        var filter = new LogLevelFilter();
        var log = new LogCapture();
        ILogger logger = new ObserverLoggerFactory(log, filter).CreateLogger("Shop.Cart");
        logger.LogDebug("one");
        filter.SetLevel("Shop", LogLevel.Debug);
        logger.LogDebug("two");
        filter.SetLevel("Shop", LogLevel.None);
        logger.LogCritical("three");
        Assert.Equal("two", Assert.Single(log.Events).Message);
        Assert.False(logger.IsEnabled(LogLevel.None));
    }

    [Fact]
    public void A_filter_passes_on_what_it_wants()
    {
        var log = new LogCapture();
        var filtering = new FilteringLogObserver(log, new LogLevelFilter(LogLevel.Warning).Allows);
        filtering.Observe(Event());
        filtering.Observe(Event("bad", LogLevel.Warning));
        Assert.Equal("bad", Assert.Single(log.Events).Message);
    }

    [Fact]
    public void A_history_keeps_the_last_and_tells_them_again()
    {
        var history = new LimitedHistoryLogObserver(2);
        foreach (string message in new[] { "one", "two", "three" })
            history.Observe(Event(message));
        var log = new LogCapture();
        history.ReplayTo(log);
        Assert.Equal(["two", "three"], log.Events.Select(logEvent => logEvent.Message));
        Assert.Equal(log.Events, history.Events);
    }

    [Fact]
    public void A_message_that_cannot_be_made_is_told_as_lost_with_its_template()
    {
        var log = new LogCapture();
        log.CreateLogger("Shop").LogInformation(new EventId(5, "Odd"), "sold {What}", new Untellable());
        LogEvent told = Assert.Single(log.Events);
        Assert.StartsWith("MESSAGE LOST: unformattable event Odd of Shop, \"sold {What}\": ", told.Message,
            StringComparison.Ordinal);
        Assert.Contains("never ask", told.Message, StringComparison.Ordinal);
        Assert.Equal("sold {What}", told.Template);
    }

    [Fact]
    public void An_event_has_template_values_and_open_scopes()
    {
        var log = new LogCapture();
        ILogger logger = log.CreateLogger("Shop");
        using (logger.BeginScope("day"))
        using (logger.BeginScope("hour"))
            logger.LogInformation(5, "sold {Count} {What}", 3, "nuts");
        logger.LogInformation("closed");
        Assert.Equal(("sold 3 nuts", "sold {Count} {What}", 5),
            (log.Events[0].Message, log.Events[0].Template, log.Events[0].EventId.Id));
        Assert.Equal([new("Count", 3), new("What", "nuts")], log.Events[0].Properties);
        Assert.Equal(["day", "hour"], log.Events[0].Scopes.Select(scope => $"{scope}"));
        Assert.Empty(log.Events[1].Scopes);
        Assert.Empty(log.Events[1].Properties);
    }

    [Fact]
    public void As_a_provider_of_another_factory_it_takes_that_ones_scopes()
    {
        var log = new LogCapture();
        var scopes = new LoggerExternalScopeProvider();
        using var provider = new ObserverLoggerFactory(log);
        ILogger before = provider.CreateLogger("Shop");
        provider.SetScopeProvider(scopes);
        using (scopes.Push("request 7"))
            before.LogInformation("in");
        Assert.Equal("request 7", Assert.Single(Assert.Single(log.Events).Scopes));
        Assert.Throws<NotSupportedException>(() => provider.AddProvider(provider));
    }

    [Fact]
    public void What_a_writer_does_not_take_is_counted_and_told_when_it_does()
    {
        var output = new Moody();
        var observer = new TextLogObserver(output);
        observer.Observe(Event("one"));
        output.IsBroken = true;
        observer.Observe(Event("two"));
        observer.Observe(Event("three"));
        output.IsBroken = false;
        observer.Observe(Event("four"));
        Assert.Equal(2, observer.Lost);
        Assert.Equal(["[Shop.Cart] one", "[Twisted.Logging#error] Messages lost before this one: 2. no ink",
            "[Shop.Cart] four"], $"{output}".TrimEnd('\n').Split('\n').Select(line => line[25..]));
    }

    [Fact]
    public void A_message_below_its_level_costs_no_allocation()
    {
        ILogger log = new ObserverLoggerFactory(new LogCapture()).CreateLogger("Shop");
        Quiet.Say(log, 1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Quiet.Say(log, i);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void A_line_of_text_costs_at_most_400_bytes_of_garbage()
    {
        ILogger log = new ObserverLoggerFactory(new TextLogObserver(TextWriter.Null)).CreateLogger("Shop");
        for (int i = 0; i < 100; i++)
            Quiet.Shout(log, i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Quiet.Shout(log, i);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
        Assert.InRange(each, 100, 400);
    }

    private sealed class Moody : StringWriter
    {
        internal bool IsBroken { get; set; }

        public override void Write(string? value)
        {
            if (IsBroken)
                throw new IOException("no ink");
            base.Write(value);
        }
    }
}

internal static partial class Quiet
{
    [LoggerMessage(1, LogLevel.Debug, "sold {Count}")]
    internal static partial void Say(ILogger log, int count);

    [LoggerMessage(2, LogLevel.Information, "sold {Count}")]
    internal static partial void Shout(ILogger log, int count);
}
