using BenchmarkDotNet.Attributes;

namespace Twisted.Benchmarks.Micro;

/// <summary>Chains of callbacks, and what .NET offers in their place.</summary>
public class ChainBenchmarks
{
    private static readonly InvalidDataException Trouble = new("trouble");

    /// <summary>How many callbacks.</summary>
    [Params(1, 3, 10)]
    public int Length { get; set; }

    [Benchmark(Description = "chain, fired after it was built")]
    public void FiredAfter()
    {
        var first = new Deferred<int>();
        Deferred<int> last = first;
        for (int i = 0; i < Length; i++)
            last = last.AddCallback(static x => x + 1);
        first.Callback(1);
    }

    [Benchmark(Description = "chain, fired before it is built")]
    public void FiredBefore()
    {
        Deferred<int> last = Deferred.Succeed(1);
        for (int i = 0; i < Length; i++)
            last = last.AddCallback(static x => x + 1);
    }

    [Benchmark(Description = "chain, a failure handled at its end")]
    public void Failed()
    {
        var first = new Deferred<int>();
        Deferred<int> last = first;
        for (int i = 1; i < Length; i++)
            last = last.AddCallback(static x => x + 1);
        last.AddErrback(static _ => 0);
        first.Errback(Trouble);
    }

    [Benchmark(Description = "chain, TaskCompletionSource and ContinueWith")]
    public void ContinueWith()
    {
        var first = new TaskCompletionSource<int>();
        Task<int> last = first.Task;
        for (int i = 0; i < Length; i++)
        {
            last = last.ContinueWith(static x => x.Result + 1, CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        first.SetResult(1);
    }
}
