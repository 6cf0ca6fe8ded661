using BenchmarkDotNet.Attributes;
using Twisted.Testing;

namespace Twisted.Benchmarks.Micro;

/// <summary>The engine's timers, beside so many that wait for a later time.</summary>
public class TimerBenchmarks
{
    private const int Batch = 1000;
    private static readonly TimeSpan Later = TimeSpan.FromDays(3650);
    private static readonly Action Nothing = static () => { };

    private readonly VirtualClock _clock = new();
    private readonly IDelayedCall[] _calls = new IDelayedCall[Batch];
    private readonly TimeSpan[] _delays = new TimeSpan[Batch];
    private TimeSpan _longer;

    /// <summary>How many timers wait.</summary>
    [Params(1_000, 100_000, 1_000_000)]
    public int Outstanding { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        var random = new Random(1);
        for (int i = 0; i < Batch; i++)
            _delays[i] = Later + TimeSpan.FromSeconds(random.NextDouble() * 1e6);
        for (int i = 0; i < Outstanding; i++)
            _clock.CallLater(Later + TimeSpan.FromSeconds(random.NextDouble() * 1e6), Nothing);
        Warmth.Bring(() =>
        {
            Schedule();
            Reset();
            Cancel();
            ScheduleSoon();
            Fire();
        });
        Schedule();
    }

    [IterationSetup(Target = nameof(Schedule))]
    public void CancelBatch()
    {
        foreach (IDelayedCall call in _calls.Where(call => call.IsActive))
            call.Cancel();
    }

    [Benchmark(Description = "schedule", OperationsPerInvoke = Batch)]
    public void Schedule()
    {
        for (int i = 0; i < Batch; i++)
            _calls[i] = _clock.CallLater(_delays[i], Nothing);
    }

    /// <summary>To a later time, as when a peer is heard; Twisted's way to an earlier one is O(n).</summary>
    [Benchmark(Description = "reset to later", OperationsPerInvoke = Batch)]
    public void Reset()
    {
        _longer += TimeSpan.FromSeconds(1);
        for (int i = 0; i < Batch; i++)
            _calls[i].Reset(_delays[i] + _longer);
    }

    [IterationSetup(Target = nameof(Cancel))]
    public void ScheduleBatch()
    {
        CancelBatch();
        Schedule();
    }

    [Benchmark(Description = "cancel", OperationsPerInvoke = Batch)]
    public void Cancel()
    {
        for (int i = 0; i < Batch; i++)
            _calls[i].Cancel();
    }

    [IterationSetup(Target = nameof(Fire))]
    public void ScheduleSoon()
    {
        CancelBatch();
        for (int i = 0; i < Batch; i++)
            _calls[i] = _clock.CallLater(TimeSpan.FromMilliseconds(i), Nothing);
    }

    [Benchmark(Description = "fire", OperationsPerInvoke = Batch)]
    public void Fire() => _clock.Jump(TimeSpan.FromSeconds(1));
}
