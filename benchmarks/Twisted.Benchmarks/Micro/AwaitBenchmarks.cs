using BenchmarkDotNet.Attributes;

namespace Twisted.Benchmarks.Micro;

#pragma warning disable CA1822 // BenchmarkDotNet runs instance methods

/// <summary>Deferreds that wait for each other, awaited and cancelled.</summary>
public class AwaitBenchmarks
{
    private const int Done = 1000;
    private const int Pending = 20;

    private readonly Deferred<int>[] _pending = new Deferred<int>[Pending];
    private readonly TaskCompletionSource<int>[] _sources = new TaskCompletionSource<int>[Pending];

    [Benchmark(Description = "chained to one that is done")]
    public void ChainedDone() => Deferred.Succeed(1).AddCallback(static x => Deferred.Succeed(x + 1));

    [Benchmark(Description = "chained to one that is pending")]
    public void ChainedPending()
    {
        var inner = new Deferred<int>();
        Deferred.Succeed(1).AddCallback(_ => inner);
        inner.Callback(2);
    }

    [Benchmark(Description = "await of a done one", OperationsPerInvoke = Done)]
    public void AwaitDone() => _ = SumOfDone();

    private static async Deferred<int> SumOfDone()
    {
        int sum = 0;
        for (int i = 0; i < Done; i++)
            sum += await Deferred.Succeed(i);
        return sum;
    }

    [Benchmark(Description = "await of a pending one", OperationsPerInvoke = Pending)]
    public void AwaitPending()
    {
        for (int i = 0; i < Pending; i++)
            _pending[i] = new Deferred<int>();
        _ = SumOfPending();
        for (int i = 0; i < Pending; i++)
            _pending[i].Callback(i);
    }

    private async Deferred<int> SumOfPending()
    {
        int sum = 0;
        foreach (Deferred<int> one in _pending)
            sum += await one;
        return sum;
    }

    [Benchmark(Description = "await of a pending one, TaskCompletionSource", OperationsPerInvoke = Pending)]
    public void AwaitSource()
    {
        for (int i = 0; i < Pending; i++)
            _sources[i] = new TaskCompletionSource<int>();
        _ = SumOfSources();
        for (int i = 0; i < Pending; i++)
            _sources[i].SetResult(i);
    }

    private async Task<int> SumOfSources()
    {
        int sum = 0;
        foreach (TaskCompletionSource<int> one in _sources)
            sum += await one.Task;
        return sum;
    }

    [Benchmark(Description = "cancel")]
    public void Cancel()
    {
        var pending = new Deferred<int>(static _ => { });
        pending.AddCallback(static x => x + 1).AddErrback(static _ => 0);
        pending.Cancel();
    }
}
