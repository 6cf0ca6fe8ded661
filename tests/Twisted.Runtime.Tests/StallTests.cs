using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;

namespace Twisted.Tests;

/// <summary>Callbacks that hold the reactor are told by name, with what their time went to.</summary>
public class StallTests
{
    private static readonly TimeSpan Threshold = TimeSpan.FromSeconds(1); // more than a busy machine holds up a thread
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(10); // and less than an attempt to connect has

    private readonly List<ReactorStall> _stalls = [];
    private readonly MovableTime _time = new();

    public static TheoryData<ReactorKind> Kinds => new() { ReactorKind.Epoll, ReactorKind.Portable };

    /// <summary>Real time, that a test moves on: nobody waits for it.</summary>
    private sealed class MovableTime : TimeProvider
    {
        private long _ahead;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _ahead);

        internal void PassLong() => Volatile.Write(ref _ahead, _ahead + (long)(Long.TotalSeconds * TimestampFrequency));
    }

    private sealed class Slow(MovableTime time) : Protocol
    {
        protected override void ConnectionMade() => Transport.Write("hello"u8);

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            time.PassLong();
            Transport.LoseConnection();
        }
    }

    private sealed class SlowDatagrams(MovableTime time) : DatagramProtocol
    {
        internal Deferred Received { get; } = new();

        protected override void StartProtocol() => Transport.Write("x"u8, (IPEndPoint)Transport.Host);

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from)
        {
            time.PassLong();
            Received.Callback();
        }
    }

    private ReactorOptions Options(ReactorKind kind) => new()
    {
        Kind = kind,
        HandleSignals = false,
        TimeProvider = _time,
        StallThreshold = Threshold,
        Stalled = _stalls.Add,
    };

    private void Run(ReactorKind kind, Func<IReactor, Deferred> main) =>
        Assert.Equal(0, Reactor.Run(main, Options(kind)));

    private ReactorStall Told(string callback) => Assert.Single(_stalls, stall => stall.Callback == callback);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_timer_and_a_call_from_a_thread_are_told_by_the_names_of_their_methods(ReactorKind kind)
    {
        Run(kind, async reactor =>
        {
            reactor.CallLater(TimeSpan.Zero, _time.PassLong);
            await reactor.DeferLater(TimeSpan.FromMilliseconds(1));
            await reactor.DeferToThread(() => reactor.CallFromThread(_time.PassLong));
            await reactor.DeferLater(TimeSpan.FromMilliseconds(1));
        });
        Assert.True(Told($"{nameof(MovableTime)}.PassLong: timer").Elapsed >= Long);
        Assert.True(Told($"{nameof(MovableTime)}.PassLong: call from thread").Elapsed >= Long);
        Assert.Equal(2, _stalls.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_protocol_is_told_by_its_type(ReactorKind kind)
    {
        Run(kind, async reactor =>
        {
            var lost = new Deferred();
            await using IListeningPort port = reactor.ListenTcp(0, Factory.For(() => new Slow(_time)), "127.0.0.1");
            await new TcpClientEndpoint(reactor, "127.0.0.1", port.Host.Port).ConnectProtocol(new Asking(lost));
            await lost;
            var datagrams = new SlowDatagrams(_time);
            await using IListeningPort open = reactor.ListenUdp(0, datagrams, "127.0.0.1");
            await datagrams.Received;
        });
        Assert.True(Told($"{typeof(Slow)}: connection readable").Elapsed >= Long);
        Assert.True(Told($"{typeof(SlowDatagrams)}: datagrams").Elapsed >= Long);
        Assert.Equal(2, _stalls.Count);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_factory_that_takes_its_time_is_told(ReactorKind kind)
    {
        Run(kind, async reactor =>
        {
            var lost = new Deferred();
            await using IListeningPort port = reactor.ListenTcp(0, new SlowFactory(_time), "127.0.0.1");
            await new TcpClientEndpoint(reactor, "127.0.0.1", port.Host.Port).ConnectProtocol(new Asking(lost));
            await lost;
        });
        Assert.True(Told($"{typeof(SlowFactory)}: connections to accept").Elapsed >= Long);
    }

    [Fact]
    public void The_continuation_of_an_async_method_has_its_name()
    {
        Run(ReactorKind.Automatic, async reactor => await Continues());
        Assert.Contains(_stalls, stall => stall.Callback.Contains(nameof(Continues), StringComparison.Ordinal));

        async Task Continues()
        {
            await Task.Yield();
            _time.PassLong();
        }
    }

    [Fact]
    public void Work_is_told_from_waiting()
    {
        var threshold = TimeSpan.FromMilliseconds(20);
        Reactor.Run(async reactor =>
        {
            reactor.CallLater(TimeSpan.Zero, Work);
            reactor.CallLater(TimeSpan.Zero, _time.PassLong);
            await reactor.DeferLater(TimeSpan.FromMilliseconds(1));
        }, Options(ReactorKind.Automatic) with { StallThreshold = threshold });
        ReactorStall work = Told($"{nameof(StallTests)}.{nameof(Work)}: timer");
        ReactorStall waiting = Told($"{nameof(MovableTime)}.PassLong: timer");
        Assert.InRange(work.Worked, 2 * threshold, work.Processor);
        Assert.InRange(work.Processor, work.Worked, work.Elapsed + TimeSpan.FromMilliseconds(1));
        Assert.True(waiting.Worked < threshold);
    }

    private static void Work()
    {
        TimeSpan until = ProcessorTime.OfThisThread!() + TimeSpan.FromMilliseconds(60);
        while (ProcessorTime.OfThisThread!() < until)
            ; // the one thing that spends a processor's time is to use it
    }

    [Fact]
    public void It_is_logged_counted_and_a_listener_that_throws_is_reported()
    {
        var log = new Lines();
        long counted = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument is { Name: "twisted.reactor.stalls", Meter.Name: "Twisted.Reactor" })
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref counted, count));
        listener.Start();
        Reactor.Run(async reactor =>
        {
            reactor.CallLater(TimeSpan.Zero, _time.PassLong);
            await reactor.DeferLater(TimeSpan.FromMilliseconds(1));
        }, Options(ReactorKind.Automatic) with { Logging = log, Stalled = _ => throw new InvalidOperationException() });
        Assert.Contains(log.Told, line => line.Contains("MovableTime.PassLong: timer: ", StringComparison.Ordinal)
            && line.StartsWith("Warning: The reactor stood still 1 times, last for 10", StringComparison.Ordinal));
        Assert.Contains("Error: Unhandled error in Stalled callback", log.Told);
        Assert.True(Interlocked.Read(ref counted) >= 1); // other tests have stalls at the same time
    }

    [Fact]
    public void Unasked_nothing_is_measured()
    {
        Reactor.Run(async reactor =>
        {
            reactor.CallLater(TimeSpan.Zero, _time.PassLong);
            await reactor.DeferLater(TimeSpan.FromMilliseconds(1));
        }, Options(ReactorKind.Automatic) with { StallThreshold = null });
        Assert.Empty(_stalls);
    }

    [Fact]
    public void A_threshold_of_nothing_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Reactor.Create(new ReactorOptions { StallThreshold = TimeSpan.Zero }));

    private sealed class Asking(Deferred lost) : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);

        protected override void ConnectionLost(Exception reason) => lost.Callback();
    }

    private sealed class SlowFactory(MovableTime time) : Factory
    {
        public override IProtocol? BuildProtocol(EndPoint peer)
        {
            time.PassLong();
            return null;
        }
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        internal List<string> Told { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public void Dispose() { }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Told.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
