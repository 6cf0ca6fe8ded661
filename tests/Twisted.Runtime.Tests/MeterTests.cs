using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>The meter "Twisted.Reactor": each instrument moves by what was done, tagged with its reactor.</summary>
public class MeterTests
{
    public static TheoryData<ReactorKind> Kinds => new() { ReactorKind.Epoll, ReactorKind.Portable };

    private sealed class Echo : Protocol
    {
        protected override void DataReceived(ReadOnlySpan<byte> data) => Transport.Write(data);
    }

    private sealed class Asking(string text, Deferred answered) : Protocol
    {
        private int _left = text.Length;

        protected override void ConnectionMade() =>
            Transport.Write(System.Text.Encoding.ASCII.GetBytes(text));

        protected override void DataReceived(ReadOnlySpan<byte> data)
        {
            _left -= data.Length;
            if (_left == 0)
                answered.Callback();
        }
    }

    private sealed class DatagramEcho : DatagramProtocol
    {
        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) =>
            Transport.Write(data, from);
    }

    private sealed class DatagramAsking(EndPoint server, Deferred answered) : DatagramProtocol
    {
        protected override void StartProtocol() => Transport.Write("12345"u8, (IPEndPoint)server);

        protected override void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) => answered.Callback();
    }

    private static ReactorOptions Options(ReactorKind kind, string name) => new()
    {
        Kind = kind,
        Name = name,
        HandleSignals = false,
        Logging = NullLoggerFactory.Instance,
    };

    private static void Run(ReactorKind kind, string name, Func<IReactor, ReactorFigures, Deferred> main)
    {
        using var figures = new ReactorFigures(name);
        Assert.Equal(0, Reactor.Run(reactor => main(reactor, figures), Options(kind, name)));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Connections_and_bytes_are_counted_by_role_and_direction(ReactorKind kind) =>
        Run(kind, $"streams of {kind}", async (reactor, figures) =>
        {
            var answered = new Deferred();
            await using IListeningPort port = reactor.ListenTcp(0, Factory.For(() => new Echo()), "127.0.0.1");
            Assert.Equal(0, figures["twisted.reactor.connections.open server"]);
            Protocol client = await new TcpClientEndpoint(reactor, "127.0.0.1", port.Host.Port)
                .ConnectProtocol(new Asking(new string('x', 100_000), answered));
            await answered;
            Assert.Equal(1, figures["twisted.reactor.connections.open server"]);
            Assert.Equal(1, figures["twisted.reactor.connections.open client"]);
            Assert.Equal(200_000, figures["twisted.reactor.io receive stream"]);
            Assert.Equal(200_000, figures["twisted.reactor.io transmit stream"]);
            client.Transport.AbortConnection();
            while (figures["twisted.reactor.connections.open server"] > 0)
                await reactor.DeferLater(TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, figures["twisted.reactor.connections.open client"]);
            Assert.Equal(1, figures["twisted.reactor.connections.made server"]);
            Assert.Equal(1, figures["twisted.reactor.connections.made client"]);
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Bytes_of_datagrams_are_counted_apart(ReactorKind kind) =>
        Run(kind, $"datagrams of {kind}", async (reactor, figures) =>
        {
            var answered = new Deferred();
            await using IListeningPort server = reactor.ListenUdp(0, new DatagramEcho(), "127.0.0.1");
            await using IListeningPort client =
                reactor.ListenUdp(0, new DatagramAsking(server.Host, answered), "127.0.0.1");
            await answered;
            Assert.Equal(10, figures["twisted.reactor.io receive datagram"]);
            Assert.Equal(10, figures["twisted.reactor.io transmit datagram"]);
            Assert.Equal(0, figures["twisted.reactor.io receive stream"]);
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Waiting_calls_and_failures_are_counted(ReactorKind kind) =>
        Run(kind, $"calls of {kind}", async (reactor, figures) =>
        {
            await reactor.DeferLater(TimeSpan.Zero);
            Assert.Equal(0, figures["twisted.reactor.queue.length"]);
            reactor.UnhandledFailure += _ => { };
            reactor.CallFromThread(() => throw new InvalidOperationException());
            reactor.CallFromThread(() => { });
            Assert.Equal(2, figures["twisted.reactor.queue.length"]);
            Assert.Equal(0, figures["twisted.reactor.failures"]);
            await reactor.DeferLater(TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, figures["twisted.reactor.queue.length"]);
            Assert.Equal(1, figures["twisted.reactor.failures"]);
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Time_at_work_grows_by_work_and_not_by_waiting_and_timers_tell_how_late_they_were(ReactorKind kind)
    {
        var time = new SteppedTime();
        using var figures = new ReactorFigures($"time of {kind}");
        Reactor.Run(async reactor =>
        {
            await reactor.DeferLater(TimeSpan.FromMilliseconds(1)); // a wait has ended: from here it is measured
            double before = figures["twisted.reactor.busy_time"];
            IDelayedCall late = reactor.CallLater(TimeSpan.FromMilliseconds(1), () => { });
            time.Step(TimeSpan.FromSeconds(100)); // this callback works so long
            Assert.Equal(before, figures["twisted.reactor.busy_time"]); // it is not in it yet
            await reactor.DeferLater(TimeSpan.FromMilliseconds(1));
            Assert.False(late.IsActive);
            Assert.InRange(figures["twisted.reactor.busy_time"] - before, 100, 150);
            before = figures["twisted.reactor.busy_time"];
            await reactor.DeferToThread(() => time.Step(TimeSpan.FromSeconds(1000))); // while it waits
            await reactor.DeferLater(TimeSpan.FromMilliseconds(1));
            Assert.InRange(figures["twisted.reactor.busy_time"] - before, 0, 50);
        }, Options(kind, figures.Reactor) with { TimeProvider = time });
        Assert.True(figures["twisted.reactor.timer.lag"] >= 0);
    }

    [Fact]
    public void A_timer_that_the_loop_comes_to_late_tells_by_how_much()
    {
        var time = new SteppedTime();
        using var figures = new ReactorFigures("late timers", only: "twisted.reactor.timer.lag");
        double lag = 0;
        Reactor.Run(async reactor =>
        {
            var ran = new Deferred();
            reactor.CallLater(TimeSpan.FromSeconds(1), () =>
            {
                lag = figures["twisted.reactor.timer.lag"];
                ran.Callback();
            });
            time.Step(TimeSpan.FromSeconds(31));
            await ran;
        }, Options(ReactorKind.Automatic, figures.Reactor) with { TimeProvider = time });
        Assert.InRange(lag, 30, 60);
    }

    /// <summary>Real time that a test moves on.</summary>
    private sealed class SteppedTime : TimeProvider
    {
        private long _ahead;

        public override long GetTimestamp() => base.GetTimestamp() + Volatile.Read(ref _ahead);

        internal void Step(TimeSpan time) =>
            Interlocked.Add(ref _ahead, (long)(time.TotalSeconds * TimestampFrequency));
    }

    [Fact]
    public void A_reactor_that_has_ended_is_not_observed()
    {
        Reactor.Run(_ => Deferred.Succeed(), Options(ReactorKind.Automatic, "ended"));
        using var figures = new ReactorFigures("ended");
        figures.Collect();
        Assert.Equal(0, figures.Count);
    }

    [Fact]
    public void Unless_it_is_named_a_reactor_has_a_number_of_its_own()
    {
        var one = (ReactorBase)TestReactors.Create(ReactorKind.Automatic);
        var other = (ReactorBase)TestReactors.Create(ReactorKind.Automatic);
        Assert.StartsWith("reactor-", one.Name, StringComparison.Ordinal);
        Assert.NotEqual(one.Name, other.Name);
    }
}
