using Microsoft.Extensions.Logging;
using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>What becomes of failures that nobody handled.</summary>
public class ReactorFailureTests : EngineTest
{
    private readonly List<string> _told = [];

    [Fact]
    public void Without_a_listener_they_are_logged_and_left_over()
    {
        Loop.Report(new NotSupportedException("first"), "a callback");
        Loop.Report(new NotSupportedException("second"), "another");
        Assert.Equal(["Unhandled error in a callback", "Unhandled error in another"], Lines);
        Assert.Equal(["failures that were only logged: 2, the first in a callback: first"], Janitor.Leftovers(Loop));
        Assert.Equal(2, Loop.FailuresReported);
    }

    [Fact]
    public void A_listener_is_told_and_nothing_is_left_over()
    {
        Loop.UnhandledFailure += failure => _told.Add($"{failure.Source}: {failure.Exception.Message}");
        Loop.Report(new NotSupportedException("first"), "a callback");
        Assert.Equal(["a callback: first"], _told);
        Assert.Empty(Janitor.Leftovers(Loop));
    }

    [Fact]
    public void A_listener_that_fails_is_logged_too()
    {
        Loop.UnhandledFailure += _ => throw new InvalidDataException();
        Loop.Report(new NotSupportedException("first"), "a callback");
        Assert.Equal(["Unhandled error in a callback", "Unhandled error in UnhandledFailure event"], Lines);
        Assert.Single(Log.FlushErrors<InvalidDataException>());
    }

    [Fact]
    public void What_is_open_is_left_over_by_name()
    {
        Loop.ConnectTcp("127.0.0.1", 7, ClientFactory.For(() => new Recorder()));
        Step();
        Assert.Equal(["an attempt to connect to 127.0.0.1:7"],
            Janitor.Leftovers(Loop).Where(line => !line.StartsWith("a timer", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_log_that_fails_is_only_counted()
    {
        using var log = new FailingLog();
        var loop = new ReactorBase(new ScriptedDriver(), log);
        loop.Report(new NotSupportedException(), "a callback");
        loop.Report(new NotSupportedException(), "a callback");
        Assert.Equal(2, loop.MessagesNotLogged);
        Assert.Equal(2, loop.FailuresReported);
    }

    [Fact]
    public void Of_broken_rules_the_first_is_kept()
    {
        var loop = new ReactorBase(new ScriptedDriver());
        loop.Invariants.Break("one");
        loop.Invariants.Break("two");
        Assert.Equal((2, "one"), (loop.Invariants.Broken, loop.Invariants.First));
    }

    private sealed class FailingLog : ILoggerFactory, ILogger
    {
        public void AddProvider(ILoggerProvider provider) { }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => throw new IOException("No space left on device");

        public void Dispose() { }
    }
}
