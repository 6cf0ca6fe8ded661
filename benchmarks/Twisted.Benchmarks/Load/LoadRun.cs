using System.Net;
using System.Runtime.ExceptionServices;
using Twisted.Benchmarks.Wire;

namespace Twisted.Benchmarks.Load;

/// <summary>
/// What a load test works with: our reactor here, a server in a process of its own, and what is counted.
/// </summary>
internal sealed class LoadRun
{
    private const int WarmUpConnections = 1000;
    private const int Sources = 200; // source addresses: each has its own 28,000 ports, used ones rest for a minute

    private static readonly TimeSpan QuietLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly Tracked _protocols = new();
    private readonly StallCounter _stalls;
    private ProcessState? _before;
    private ServerState? _serverBefore;
    private int _connects;

    private LoadRun(IReactor reactor, LoadServer server, LoadOptions options, LoadResult result, StallCounter stalls)
    {
        Reactor = reactor;
        Server = server;
        Options = options;
        Result = result;
        _stalls = stalls;
        reactor.UnhandledFailure += failure =>
        {
            Failures++;
            Console.Error.WriteLine(failure.Exception);
        };
    }

    internal IReactor Reactor { get; }

    internal LoadServer Server { get; }

    internal LoadOptions Options { get; }

    internal LoadResult Result { get; }

    /// <summary>What came back.</summary>
    internal StreamTotals Streams { get; } = new();

    internal LatencyRecord Latency { get; set; } = new();

    internal long Opened { get; private set; }

    internal long Closed { get; private set; }

    /// <summary>Connections that could not be made.</summary>
    internal long Refused { get; private set; }

    /// <summary>Connections that ended without being told to.</summary>
    internal long Dropped { get; set; }

    internal long BytesSent { get; set; }

    internal int Failures { get; private set; }

    /// <summary>A random number stream of its own for each purpose.</summary>
    internal Random RandomOf(int purpose) => new(HashCode.Combine(Options.Seed, purpose));

    /// <summary>Runs a test from its begin to its end.</summary>
    internal static LoadResult Execute(LoadTest test, LoadOptions options, WireCores cores)
    {
        var result = new LoadResult(test);
        using var kernel = new KernelTime();
        var stalls = new StallCounter(() => kernel.Lately);
        ExceptionDispatchInfo? failed = null;
        int code = Twisted.Internet.Reactor.Run(async reactor =>
        {
            long begun = reactor.TimeProvider.GetTimestamp();
            try
            {
                using LoadServer server = await LoadServer.Start(reactor.TimeProvider, cores.Server);
                await test.Run(new LoadRun(reactor, server, options, result, stalls));
            }
            catch (TimeoutException)
            {
                failed = ExceptionDispatchInfo.Capture(new BenchException(
                    $"{test.Name}: what it waits for did not come in its time: is the machine overloaded?"));
            }
            catch (Exception failure)
            {
                failed = ExceptionDispatchInfo.Capture(failure);
            }
            result.Seconds = reactor.TimeProvider.GetElapsedTime(begun).TotalSeconds;
        }, LoadServerRun.Options(stalls));
        failed?.Throw();
        return code == 0 ? result : throw new BenchException($"{test.Name} was ended before its time");
    }

    internal static void Say(string text) => Console.WriteLine($"  {text}");

    /// <summary>Connects. The loopback network has many addresses, so the ports of one do not run out.</summary>
    internal void Connect(Func<LoadClient> build, Action<Exception>? failed = null)
    {
        var source = new IPEndPoint(new IPAddress([127, 0, 0, (byte)(2 + _connects++ % Sources)]), 0);
        Reactor.ConnectTcp("127.0.0.1", Server.Port, new Connecting(this, build, failed), bindAddress: source);
    }

    /// <summary>First code is compiled and pools are filled; then it is noted what both processes hold.</summary>
    internal async Task Begin()
    {
        var warmUp = new ChurnLoad(this, WarmUpConnections, seed: -1);
        await warmUp.Start();
        await Quiet();
        _before = await LookHere();
        _serverBefore = await Server.State();
    }

    /// <summary>What the server has used of a core since <see cref="Begin"/> looked, and holds now.</summary>
    internal async Task<(ServerState Now, ProcessState Before)> Look() =>
        (await Server.State(), _serverBefore!.Process!);

    /// <summary>All is closed: compares with the begin.</summary>
    internal async Task End()
    {
        await Quiet();
        ServerState after = await Server.State();
        await Reactor.DeferLater(LookAgain);
        ProcessState here = await LookHere();
        Result.Tell("connections opened", Opened);
        Result.Exactly("connections closed", Closed, Opened);
        Result.Exactly("connections seen by the server", after.Opened, Opened);
        Result.Exactly("connections refused", Refused, 0);
        Result.Exactly("connections dropped", Dropped, 0);
        Result.Exactly("failed callbacks", Failures + after.Failures, 0);
        Result.Tell("bytes sent", BytesSent);
        TellStreams("server", after.Streams);
        TellStreams("client", Streams);
        if (Latency.Count > 0)
        {
            Result.Tell("p50", Latency.Percentile(0.5), "ms");
            Result.Tell("p99", Latency.Percentile(0.99), "ms");
        }
        TellProcess("server", _serverBefore!.Process!, after.Process!);
        TellProcess("client", _before!, here);
        TellStalls("server", after.StallsOwn, after.StallsOthers, after.LongestOwn, after.LongestOther);
        TellStalls("client", _stalls.Own, _stalls.Others, _stalls.LongestOwn, _stalls.LongestOther);
        Result.OwnStalls = after.StallsOwn + _stalls.Own;
        foreach (string name in after.StallsNamed)
            Result.Note($"server held up by {name}");
        foreach (string name in _stalls.Named)
            Result.Note($"client held up by {name}");
    }

    /// <summary>What this process holds. The callback that looks may take its time.</summary>
    private async Task<ProcessState> LookHere()
    {
        _stalls.IsMeasuring = true;
        ProcessState state = ProcessState.Take(Reactor, _protocols);
        await Reactor.DeferLater(LookAgain); // that callback has returned, and was measured, by then
        _stalls.IsMeasuring = false;
        return state;
    }

    private void TellStreams(string whose, StreamTotals totals)
    {
        Result.Tell($"{whose}: bytes verified", totals.Verified);
        Result.Exactly($"{whose}: bytes lost", totals.Lost, 0);
        Result.Exactly($"{whose}: bytes repeated", totals.Repeated, 0);
        Result.Exactly($"{whose}: bytes out of order", totals.Reordered, 0);
        Result.Exactly($"{whose}: bytes that belong nowhere", totals.Corrupt, 0);
    }

    private void TellProcess(string whose, ProcessState before, ProcessState after)
    {
        const double megabyte = 1 << 20;
        Result.Tell($"{whose}: descriptors before", before.Descriptors);
        Result.AtMost($"{whose}: descriptors after", after.Descriptors, before.Descriptors);
        Result.Exactly($"{whose}: protocols alive", after.Protocols, 0);
        Result.Exactly($"{whose}: timers pending", after.Timers, 0);
        Result.Tell($"{whose}: heap before", before.Heap / megabyte, "MB");
        Result.AtMost($"{whose}: heap growth", (after.Heap - before.Heap) / megabyte, 5, "MB");
        Result.Tell($"{whose}: resident before", before.Resident / megabyte, "MB");
        Result.Tell($"{whose}: resident after", after.Resident / megabyte, "MB");
        Result.Tell($"{whose}: processor", after.Processor - before.Processor, "s");
    }

    private void TellStalls(string whose, int own, int others, double longestOwn, double longestOther)
    {
        Result.Exactly($"{whose}: callbacks over 10 ms by their own work", own, 0);
        Result.Tell($"{whose}: callbacks held up over 10 ms by others", others);
        if (own > 0)
            Result.Tell($"{whose}: longest work", longestOwn, "ms");
        if (others > 0)
            Result.Tell($"{whose}: longest hold-up", longestOther, "ms");
    }

    /// <summary>Until the server has seen the end of every connection, and its answers are read.</summary>
    private async Task Quiet()
    {
        TimeSpan limit = Reactor.Now + QuietLimit;
        while ((await Server.Count()).Open > 0)
        {
            if (Reactor.Now > limit)
            {
                Result.Note($"the server still has connections {QuietLimit.TotalSeconds} s after all were closed");
                break;
            }
            await Reactor.DeferLater(LookAgain);
        }
        await Reactor.DeferLater(LookAgain); // the thread that has read the answer then cancels the time limit of that
    }

    private sealed class Connecting(LoadRun run, Func<LoadClient> build, Action<Exception>? failed) : ClientFactory
    {
        public override IProtocol BuildProtocol(EndPoint peer)
        {
            LoadClient client = build();
            run._protocols.Add(client);
            run.Opened++;
            return client;
        }

        protected override void ClientConnectionLost(IConnector connector, Exception reason) => run.Closed++;

        protected override void ClientConnectionFailed(IConnector connector, Exception reason)
        {
            if (run.Refused++ == 0)
                run.Result.Note($"the first connection that could not be made: {reason.Message}");
            failed?.Invoke(reason);
        }
    }
}
