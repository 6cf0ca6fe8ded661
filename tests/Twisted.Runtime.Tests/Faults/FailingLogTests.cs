using Microsoft.Extensions.Logging;

namespace Twisted.Tests;

public class FailingLogTests
{
    [Fact]
    public void A_log_that_throws_ends_neither_the_loop_nor_a_server()
    {
        IReactor reactor = Reactor.Create(new ReactorOptions { HandleSignals = false, Logging = new FullDisk() });
        var reported = new List<string>();
        bool ranAfter = false;
        IListeningPort port = reactor.ListenTcp(0, () => new Silent(), "127.0.0.1"); // logs, too
        reactor.UnhandledFailure += failure => reported.Add(failure.Exception.Message);
        reactor.CallLater(TimeSpan.Zero, () => throw new InvalidDataException("user code"));
        reactor.CallLater(TimeSpan.FromMilliseconds(1), () =>
        {
            ranAfter = true;
            reactor.Stop();
        });
        reactor.Run();
        Assert.True(ranAfter);
        Assert.NotEqual(0, port.Host.Port);
        Assert.Equal(["user code"], reported);
    }

    private sealed class Silent : Protocol;

    private sealed class FullDisk : ILoggerFactory, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) { }

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => throw new IOException("No space left on device");
    }
}
