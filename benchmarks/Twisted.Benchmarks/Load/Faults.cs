namespace Twisted.Benchmarks.Load;

/// <summary>What goes wrong during a soak, by a seed.</summary>
internal sealed class Faults(LoadRun run, EchoLoad echo, ChurnLoad churn)
{
    /// <summary>Connections of one storm; the churn allows no more at a time.</summary>
    private const int Storm = ChurnLoad.Parallel;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Random _random = run.RandomOf(4);
    private readonly Dictionary<string, int> _counts = [];
    private LoopingCall? _calls;

    /// <summary>Callbacks of the server that were made to throw.</summary>
    internal int Planned { get; private set; }

    internal void Begin()
    {
        _calls = new LoopingCall(run.Reactor, One);
        _calls.Start(Interval, now: false);
    }

    internal void Stop() => _calls!.Stop();

    public override string ToString() =>
        string.Join(", ", _counts.OrderBy(count => count.Key).Select(count => $"{count.Value} {count.Key}"));

    private void One()
    {
        switch (_random.Next(6))
        {
            case 0:
                Count("resets of busy connections");
                echo.Any(_random)?.Cut();
                break;
            case 1:
                Count("readers stopped for up to 3 s");
                echo.Any(_random)?.Choke(TimeSpan.FromMilliseconds(_random.Next(1000, 3000)));
                break;
            case 2:
                Count("exceptions in the server");
                Planned++;
                run.Connect(() => new BrokenClient(run, LoadEcho.Poison, SeededStream.HeaderLength, null));
                break;
            case 3:
                Count("storms of connections");
                churn.StartSome(Storm);
                break;
            case 4:
                Count("silent clients");
                Broken(0);
                break;
            default:
                Count("clients that break off in the first word");
                Broken(_random.Next(1, SeededStream.HeaderLength));
                break;
        }
    }

    private void Broken(int length)
    {
        var patience = TimeSpan.FromMilliseconds(_random.Next(1, 500));
        run.Connect(() => new BrokenClient(run, 1, length, patience));
    }

    private void Count(string fault) => _counts[fault] = _counts.GetValueOrDefault(fault) + 1;
}

/// <summary>A client that does not behave: it says little or the wrong thing, and may reset.</summary>
internal sealed class BrokenClient(LoadRun run, ulong seed, int length, TimeSpan? patience) : LoadClient(run, seed)
{
    private IDelayedCall? _reset;

    protected override void ConnectionMade()
    {
        Send(length);
        if (patience is { } time)
            _reset = Run.Reactor.CallLater(time, Transport.AbortConnection);
    }

    protected override void ConnectionLost(Exception reason) => _reset?.Cancel();
}
