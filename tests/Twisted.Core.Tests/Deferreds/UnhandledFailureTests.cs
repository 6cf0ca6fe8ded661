using Microsoft.Extensions.Logging;

namespace Twisted.Tests;

public class UnhandledFailureTests : IDisposable
{
    private readonly CountingSink _sink = new();

    public void Dispose()
    {
        _sink.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void A_chain_that_ends_failed_counts()
    {
        Deferred d = Deferred.Fail(new BoomException());
        Assert.Equal(1, _sink.Outstanding);
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void A_chain_that_succeeds_does_not_count()
    {
        _ = Deferred.Succeed(1).AddCallback(n => n + 1);
        Assert.Equal(0, _sink.Outstanding);
    }

    [Fact]
    public void An_errback_that_comes_later_takes_the_count_back()
    {
        Deferred<int> d = Deferred.Fail<int>(new BoomException());
        d.AddErrback(_ => 0);
        Assert.Equal(0, _sink.Outstanding);
    }

    [Fact]
    public void A_callback_that_comes_later_does_not_take_it_back()
    {
        Deferred<int> d = Deferred.Fail<int>(new BoomException());
        d.AddCallback(n => n);
        Assert.Equal(1, _sink.Outstanding);
        Probe.FailureOf<BoomException>(d);
    }

    [Fact]
    public void A_handled_failure_followed_by_another_counts()
    {
        Deferred<int> d = Deferred.Fail<int>(new BoomException()).AddErrback(_ => throw new OtherException());
        Assert.Equal(1, _sink.Outstanding);
        Probe.FailureOf<OtherException>(d);
    }

    [Fact]
    public void An_await_handles_it_and_the_method_has_it_instead()
    {
        Deferred<int> d = Deferred.Fail<int>(new BoomException());
        Deferred method = Body();
        Assert.Equal(1, _sink.Outstanding);
        Probe.FailureOf<BoomException>(method);
        Assert.Equal(0, _sink.Outstanding);

        async Deferred Body() => await d;
    }

    [Fact]
    public void A_failure_after_one_that_was_awaited_counts()
    {
        var d = new Deferred<int>();
        Deferred method = Body();
        var inner = new Deferred<int>();
        d.AddErrback((BoomException _) => inner);
        d.Errback(new BoomException());
        Probe.FailureOf<BoomException>(method);
        Assert.Equal(0, _sink.Outstanding);
        inner.Errback(new OtherException());
        Assert.Equal(1, _sink.Outstanding);
        Probe.FailureOf<OtherException>(d);

        async Deferred Body() => await d;
    }

    [Fact]
    public void A_returned_failure_counts_once_for_the_chain_that_took_it()
    {
        Deferred<int> inner = Deferred.Fail<int>(new BoomException());
        Deferred<int> outer = Deferred.Succeed(1).AddCallback(_ => inner);
        Assert.Equal(1, _sink.Outstanding);
        Probe.FailureOf<BoomException>(outer);
        Assert.Equal(0, _sink.Outstanding);
    }

    [Fact]
    public void A_chain_that_waits_does_not_count_yet()
    {
        var inner = new Deferred();
        Deferred d = Deferred.Fail(new BoomException()).AddErrback(_ => inner);
        Assert.Equal(0, _sink.Outstanding);
        inner.Callback();
        Probe.Succeeded(d);
    }

    [Fact]
    public void Forget_reports_a_failure_at_once()
    {
        var d = new Deferred<int>();
        d.Forget();
        d.Errback(new BoomException());
        Assert.IsType<BoomException>(Assert.Single(_sink.Reported).Failure);
        Assert.Equal(0, _sink.Outstanding);
    }

    [Fact]
    public void Forget_says_nothing_about_success()
    {
        Deferred.Succeed(1).Forget();
        Assert.Empty(_sink.Reported);
    }

    [Fact]
    public void LogFailures_logs_what_failed_and_with_what()
    {
        var log = new RecordingLogger();
        var failure = new BoomException();
        Deferred.Fail<int>(failure).LogFailures(log, "Asking the time");
        Assert.Equal([(LogLevel.Error, "Asking the time failed", (Exception?)failure)], log.Entries);
        Assert.Equal(0, _sink.Outstanding);
    }

    [Fact]
    public void LogFailures_says_nothing_about_success()
    {
        var log = new RecordingLogger();
        Deferred.Succeed().LogFailures(log);
        Assert.Empty(log.Entries);
    }

    private sealed class RecordingLogger : ILogger
    {
        internal List<(LogLevel, string, Exception?)> Entries { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Entries.Add((logLevel, formatter(state, exception), exception));
    }
}
