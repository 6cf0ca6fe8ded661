using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Benchmarks.Load;

/// <summary>The process under load: an echo server that checks what comes and counts what it holds.</summary>
internal sealed class LoadServerRun
{
    /// <summary>What the bench calls itself with to be the server.</summary>
    internal const string Command = "load-server";

    private readonly IReactor _reactor;
    private readonly StallCounter _stalls;
    private readonly Tracked _protocols = new();
    private readonly IListeningPort _port;
    private readonly Deferred _ended = new();
    private int _failures;
    private int _planned;

    private LoadServerRun(IReactor reactor, StallCounter stalls)
    {
        _reactor = reactor;
        _stalls = stalls;
        reactor.UnhandledFailure += failure =>
        {
            if (failure.Exception is PlannedException)
                _planned++;
            else
            {
                _failures++;
                Console.Error.WriteLine(failure.Exception);
            }
        };
        _port = reactor.ListenTcp(0, Factory.For(Build), "127.0.0.1", backlog: 1024);
    }

    internal int Port => _port.Host.Port;

    /// <summary>Connections that are open.</summary>
    internal int Open { get; set; }

    internal StreamTotals Streams { get; } = new();

    private long Opened { get; set; }

    internal static int Run()
    {
        using var kernel = new KernelTime();
        var stalls = new StallCounter(() => kernel.Lately);
        return Reactor.Run(async reactor =>
        {
            var run = new LoadServerRun(reactor, stalls);
            ((IReactorStandardIO)reactor).OpenStandardIO(new LoadControl(run));
            await run._ended;
            await run._port.StopListening();
        }, Options(stalls));
    }

    /// <summary>How both processes make their reactors.</summary>
    internal static ReactorOptions Options(StallCounter stalls) => new()
    {
        StallThreshold = StallCounter.Threshold,
        Stalled = stalls.Add,
        Logging = NullLoggerFactory.Instance,
    };

    internal void End()
    {
        if (!_ended.IsFired)
            _ended.Callback();
    }

    internal ServerState State(bool collects) => new()
    {
        Open = Open,
        Opened = Opened,
        Streams = Streams,
        Process = collects ? ProcessState.Take(_reactor, _protocols) : null,
        StallsOwn = _stalls.Own,
        StallsOthers = _stalls.Others,
        LongestOwn = _stalls.LongestOwn,
        LongestOther = _stalls.LongestOther,
        StallsNamed = _stalls.Named,
        Failures = _failures,
        Planned = _planned,
    };

    /// <summary>A callback that works too long, to see that this is noticed.</summary>
    internal void PlantStall() => _reactor.CallLater(TimeSpan.Zero, PlantedStall);

    private static void PlantedStall()
    {
        TimeSpan until = Environment.CpuUsage.TotalTime + 10 * StallCounter.Threshold;
        while (Environment.CpuUsage.TotalTime < until)
            ; // the one thing that spends a processor's time is to use it
    }

    private LoadEcho Build()
    {
        var echo = new LoadEcho(this, _reactor, new Random((int)Opened));
        Opened++;
        Open++;
        _protocols.Add(echo);
        return echo;
    }
}

/// <summary>Thrown by a callback of the server because the load has asked for it.</summary>
internal sealed class PlannedException() : Exception("The load has asked for it.");
