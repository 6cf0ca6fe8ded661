using Microsoft.Extensions.Logging;

namespace Twisted.Tests;

/// <summary>A whole program on one reactor.</summary>
public class ReactorRunTests
{
    private readonly List<Exception?> _errors = [];

    public static TheoryData<ReactorKind> Kinds => new() { ReactorKind.Epoll, ReactorKind.Portable };

    private sealed class ProgramException() : Exception("The program has failed.");

    private sealed class ErrorLog(List<Exception?> errors) : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
                errors.Add(exception);
        }
    }

    private ReactorOptions Options(ReactorKind kind) =>
        new() { Kind = kind, HandleSignals = false, Logging = new ErrorLog(_errors) };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void It_runs_until_the_program_has_ended_and_gives_0(ReactorKind kind)
    {
        bool ended = false;
        int code = Reactor.Run(async reactor =>
        {
            Assert.True(reactor.IsRunning);
            await reactor.DeferLater(TimeSpan.FromMilliseconds(5));
            ended = true;
        }, Options(kind));
        Assert.Equal(0, code);
        Assert.True(ended);
        Assert.Empty(_errors);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_program_that_ends_at_once_ends_the_reactor(ReactorKind kind) =>
        Assert.Equal(0, Reactor.Run(_ => Deferred.Succeed(), Options(kind)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_program_that_fails_gives_1_and_is_logged(ReactorKind kind)
    {
        int code = Reactor.Run(async reactor =>
        {
            await reactor.DeferLater(TimeSpan.FromMilliseconds(5));
            throw new ProgramException();
        }, Options(kind));
        Assert.Equal(1, code);
        Assert.IsType<ProgramException>(Assert.Single(_errors));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_program_that_fails_or_throws_at_once_does_so_too(ReactorKind kind)
    {
        Assert.Equal(1, Reactor.Run(_ => Deferred.Fail(new ProgramException()), Options(kind)));
        Assert.Equal(1, Reactor.Run(Deferred (_) => throw new ProgramException(), Options(kind)));
        Assert.Equal(2, _errors.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_program_may_give_its_exit_code(ReactorKind kind) =>
        Assert.Equal(42, Reactor.Run(_ => Deferred.Succeed(42), Options(kind)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_program_that_ends_when_the_reactor_has_been_stopped_stops_it_no_second_time(ReactorKind kind)
    {
        int code = Reactor.Run(reactor =>
        {
            var program = new Deferred();
            reactor.CallLater(TimeSpan.Zero, () =>
            {
                reactor.Stop();
                program.Callback();
            });
            return program;
        }, Options(kind));
        Assert.Equal(0, code);
        Assert.Empty(_errors);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_program_that_fails_when_the_reactor_has_been_stopped_is_logged_and_gives_1(ReactorKind kind)
    {
        int code = Reactor.Run(reactor =>
        {
            var program = new Deferred();
            reactor.CallLater(TimeSpan.Zero, () =>
            {
                reactor.Stop();
                program.Errback(new ProgramException());
            });
            return program;
        }, Options(kind));
        Assert.Equal(1, code);
        Assert.IsType<ProgramException>(Assert.Single(_errors));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_program_that_never_ends_is_cancelled_by_Stop(ReactorKind kind)
    {
        bool cancelled = false;
        int code = Reactor.Run(reactor =>
        {
            reactor.CallLater(TimeSpan.Zero, reactor.Stop);
            return new Deferred(_ => cancelled = true);
        }, Options(kind));
        Assert.Equal(0, code);
        Assert.True(cancelled);
        Assert.Empty(_errors);
    }
}
