using BenchmarkDotNet.Attributes;

namespace Twisted.Benchmarks.Micro;

/// <summary>Calls from another thread to the reactor's, until the last has run.</summary>
public class ThreadBenchmarks : IDisposable
{
    private const int Calls = 100_000;

    private readonly IReactor _reactor = Reactor.Create();
    private readonly ManualResetEventSlim _done = new();
    private readonly Action _count;
    private int _left;
    private Task _running = Task.CompletedTask;

    public ThreadBenchmarks() => _count = () =>
    {
        if (--_left == 0)
            _done.Set();
    };

    [GlobalSetup]
    public void Start()
    {
        _running = _reactor.RunAsync();
        Warmth.Bring(CallFromThread);
    }

    [Benchmark(Description = "CallFromThread", OperationsPerInvoke = Calls)]
    public void CallFromThread()
    {
        _done.Reset();
        _left = Calls;
        for (int i = 0; i < Calls; i++)
            _reactor.CallFromThread(_count);
        _done.Wait();
    }

    [GlobalCleanup]
    public void Stop()
    {
        _reactor.CallFromThread(_reactor.Stop);
        _running.Wait();
    }

    public void Dispose()
    {
        _done.Dispose();
        GC.SuppressFinalize(this);
    }
}
