using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>Other threads against the loop: order, loss, wake-ups, and both ends of its life.</summary>
[Collection(AloneTests.Name)]
public class ThreadFaultTests : FaultTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public void Eight_threads_of_100000_calls_each_lose_none_repeat_none_and_keep_their_order()
    {
        const int threads = 8;
        const int calls = 100_000;
        int[] next = new int[threads];
        int disorder = 0;
        Run(async reactor =>
        {
            Thread[] senders = [.. Enumerable.Range(0, threads).Select(id => new Thread(() =>
            {
                for (int i = 0; i < calls; i++)
                {
                    int expected = i;
                    reactor.CallFromThread(() =>
                    {
                        if (next[id]++ != expected)
                            disorder++;
                    });
                }
            }) { IsBackground = true })];
            foreach (Thread sender in senders)
                sender.Start();
            await Until(reactor, () => next.All(count => count >= calls));
            await Wait(reactor, 0.05); // one that runs twice would run now
        });
        Assert.All(next, count => Assert.Equal(calls, count));
        Assert.Equal(0, disorder);
    }

    [Fact]
    public async Task A_sleeping_loop_is_woken_each_of_1000_times()
    {
        IReactor reactor = Create();
        Task ended = reactor.RunAsync();
        using var woken = new ManualResetEventSlim();
        for (int i = 0; i < 1_000; i++)
        {
            woken.Reset();
            // No timer and no socket: nothing else would ever wake it. A lost wake-up hangs.
            reactor.CallFromThread(woken.Set);
            Assert.True(woken.Wait(Limit), $"call {i} was not heard");
        }
        reactor.CallFromThread(reactor.Stop);
        await ended.WaitAsync(Limit);
    }

    [Fact]
    public void Calls_after_the_end_are_dropped_and_hold_nothing()
    {
        IReactor reactor = Create();
        reactor.CallWhenRunning(reactor.Stop);
        reactor.Run();
        WeakReference payload = CallWith(reactor);
        GC.Collect();
        Assert.False(payload.IsAlive);
        GC.KeepAlive(reactor);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference CallWith(IReactor reactor)
    {
        byte[] payload = new byte[1000];
        reactor.CallFromThread(() => Assert.Fail($"ran with {payload.Length}"));
        return new WeakReference(payload);
    }

    [Fact]
    public async Task A_thread_that_waits_for_a_reactor_that_ends_is_told()
    {
        IReactor reactor = Create();
        Task ended = reactor.RunAsync();
        Task<int> waiting = reactor.InvokeAsync(() => new Deferred<int>());
        Task<int> queued = reactor.InvokeAsync(() =>
        {
            reactor.Stop();
            return new Deferred<int>();
        });
        await ended.WaitAsync(Limit);
        Task<int> late = reactor.InvokeAsync(() => Deferred.Succeed(1));
        foreach (Task<int> task in (Task<int>[])[waiting, queued, late])
            await Assert.ThrowsAsync<ReactorNotRunningException>(() => task.WaitAsync(Limit));
    }

    [Fact]
    public async Task Cancellation_stops_RunAsync_with_its_triggers()
    {
        using var source = new CancellationTokenSource();
        IReactor reactor = Create();
        bool shut = false;
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, () => { shut = true; });
        Task ended = reactor.RunAsync(source.Token);
        await reactor.InvokeAsync(() => Deferred.Succeed(0));
        await source.CancelAsync();
        await ended.WaitAsync(Limit);
        Assert.True(shut);
        Assert.False(reactor.IsRunning);
    }

    [Fact]
    public async Task A_token_cancelled_before_a_slow_start_stops_it_when_it_has_started()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        IReactor reactor = Create();
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Startup,
            () => reactor.DeferLater(TimeSpan.FromMilliseconds(20)));
        await reactor.RunAsync(source.Token).WaitAsync(Limit);
        Assert.False(reactor.IsRunning);
    }

    [Fact]
    public async Task BlockingCallFromThread_brings_results_and_exceptions_to_a_thread()
    {
        IReactor reactor = Create();
        Task ended = reactor.RunAsync();
        int value = reactor.BlockingCallFromThread(() => Later(reactor));
        Assert.Equal(42, value);
        Assert.Throws<InvalidDataException>(() => reactor.BlockingCallFromThread(() => Failing(reactor)));
        reactor.CallFromThread(reactor.Stop);
        await ended.WaitAsync(Limit);

        static async Deferred<int> Later(IReactor reactor)
        {
            await reactor.DeferLater(TimeSpan.FromMilliseconds(5));
            return 42;
        }

        static async Deferred<int> Failing(IReactor reactor)
        {
            await reactor.DeferLater(TimeSpan.FromMilliseconds(5));
            throw new InvalidDataException("on the other side");
        }
    }

    [Fact]
    public void Work_that_waits_for_other_work_has_as_many_threads_as_the_pool_may()
    {
        IReactor reactor = TestReactors.Create(ReactorKind.Automatic);
        using var all = new Barrier(10);
        int met = 0;
        reactor.CallWhenRunning(async () =>
        {
            bool[] outcomes = await Deferred.GatherResults(Enumerable.Range(0, 10)
                .Select(_ => reactor.DeferToThread(() => all.SignalAndWait(TimeSpan.FromSeconds(20)))));
            met = outcomes.Count(one => one);
            reactor.Stop();
        });
        reactor.Run();
        Assert.Equal(10, met);
    }
}
