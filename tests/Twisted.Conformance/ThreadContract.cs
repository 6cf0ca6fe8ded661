namespace Twisted.Conformance;

/// <summary>The border between the reactor thread and the others.</summary>
public abstract class ThreadContract : ReactorContract
{
    [Fact]
    public void CallFromThread_runs_in_order_in_a_later_iteration() => Run(async reactor =>
    {
        var order = new List<string>();
        reactor.CallFromThread(() =>
        {
            order.Add("first");
            reactor.CallFromThread(() => order.Add("nested"));
        });
        reactor.CallFromThread(() => order.Add("second"));
        Assert.Empty(order);
        await Until(reactor, () => order.Count == 3);
        Assert.Equal(["first", "second", "nested"], order);
    });

    [Fact]
    public void An_exception_in_CallFromThread_is_reported_and_stops_no_other()
    {
        bool ran = false;
        Run(async reactor =>
        {
            reactor.CallFromThread(() => throw new InvalidDataException("user code"));
            reactor.CallFromThread(() => { ran = true; });
            await Wait(reactor, 0.02);
        });
        Assert.True(ran);
        Assert.Equal("user code", Assert.Single(Reported).Exception.Message);
    }

    [Fact]
    public void DeferToThread_brings_the_result_back_to_the_reactor_thread() => Run(async reactor =>
    {
        bool inside = true;
        int value = await reactor.DeferToThread(() =>
        {
            inside = reactor.IsInReactorThread;
            return 42;
        });
        Assert.Equal(42, value);
        Assert.False(inside);
        Assert.True(reactor.IsInReactorThread);
    });

    [Fact]
    public void DeferToThread_brings_the_exception_back() => Run(async reactor =>
    {
        Deferred<int> work = reactor.DeferToThread(Fail);
        InvalidDataException? seen = null;
        try
        {
            await work;
        }
        catch (InvalidDataException failure)
        {
            seen = failure;
        }
        Assert.Equal("in a thread", seen?.Message);
    });

    private static int Fail() => throw new InvalidDataException("in a thread");

    [Fact]
    public void An_exception_in_CallInThread_is_reported()
    {
        Run(async reactor =>
        {
            reactor.CallInThread(() => throw new InvalidDataException("in a thread"));
            while (Reported.Count == 0)
                await Wait(reactor, 0.005);
        });
        Assert.Equal("call in thread", Assert.Single(Reported).Source);
    }

    [Fact]
    public void Await_of_a_Task_comes_back_to_the_reactor_thread() => Run(async reactor =>
    {
        var source = new TaskCompletionSource<int>();
        reactor.CallInThread(() => source.SetResult(7));
        Assert.Equal(7, await source.Task);
        Assert.True(reactor.IsInReactorThread);
    });

    [Fact]
    public void The_synchronization_context_always_queues() => Run(async reactor =>
    {
        var order = new List<string>();
        SynchronizationContext.Current!.Post(_ => order.Add("posted"), null);
        order.Add("returned");
        await Wait(reactor, 0.02);
        Assert.Equal(["returned", "posted"], order);
    });

    [Fact]
    public void InvokeAsync_calls_on_the_reactor_thread_and_returns_the_result() => Run(async reactor =>
    {
        Task<string>? answer = null;
        await reactor.DeferToThread(() =>
        {
            answer = reactor.InvokeAsync(() => Deferred.Succeed(reactor.IsInReactorThread ? "inside" : "outside"));
        });
        Assert.Equal("inside", await answer!);
    });

    [Fact]
    public void BlockingCallFromThread_is_refused_on_the_reactor_thread() => Run(reactor =>
    {
        Assert.Throws<InvalidOperationException>(() => reactor.BlockingCallFromThread(() => Deferred.Succeed(1)));
        return Deferred.Succeed();
    });

    [Fact]
    public void SwitchToReactor_goes_on_on_the_reactor_thread() => Run(async reactor =>
    {
        bool? inside = null;
        reactor.CallInThread(() => _ = Switch());
        while (inside is null)
            await Wait(reactor, 0.005);
        Assert.True(inside);

        async Task Switch()
        {
            await reactor.SwitchToReactor();
            inside = reactor.IsInReactorThread;
        }
    });

    [Fact]
    public void The_pool_takes_a_size_of_one_and_refuses_zero() => Run(async reactor =>
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => reactor.SuggestThreadPoolSize(0));
        reactor.SuggestThreadPoolSize(1);
        int running = 0;
        int most = 0;
        await Deferred.GatherResults(Enumerable.Range(0, 20).Select(_ => reactor.DeferToThread(() =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Thread.Yield();
            Interlocked.Decrement(ref running);
            return 0;
        })));
        Assert.Equal(1, most);
    });

    [Fact]
    public void A_cancelled_DeferToThread_drops_the_late_result() => Run(async reactor =>
    {
        Deferred<int> work = reactor.DeferToThread(() => 1);
        work.AddErrback((CancelledException _) => -1).Forget();
        work.Cancel();
        await Wait(reactor, 0.02);
        Assert.Empty(Reported);
    });

    [Fact]
    public void Calls_from_threads_before_Run_wait_for_it_and_keep_their_order()
    {
        IReactor reactor = Create();
        var order = new List<int>();
        for (int i = 0; i < 100; i++)
        {
            int number = i;
            reactor.CallFromThread(() => order.Add(number));
        }
        Assert.Empty(order);
        reactor.CallFromThread(reactor.Stop);
        reactor.Run();
        Assert.Equal(Enumerable.Range(0, 100), order);
    }

    [Fact]
    public void A_call_from_a_thread_that_a_timer_makes_comes_before_the_next_timer() => Run(async reactor =>
    {
        var order = new List<string>();
        reactor.CallLater(TimeSpan.Zero, () =>
        {
            order.Add("timer");
            reactor.CallFromThread(() => order.Add("call"));
            reactor.CallLater(TimeSpan.Zero, () => order.Add("next timer"));
        });
        await Wait(reactor, 0.02);
        Assert.Equal(["timer", "call", "next timer"], order);
    });

    [Fact]
    public void Calls_that_make_calls_let_timers_have_their_turn() => Run(async reactor =>
    {
        bool stop = false;
        int calls = 0;
        void Again()
        {
            calls++;
            if (!stop)
                reactor.CallFromThread(Again);
        }

        reactor.CallFromThread(Again);
        for (int i = 0; i < 5; i++)
            await reactor.DeferLater(TimeSpan.Zero);
        stop = true;
        Assert.True(calls > 0);
    });
}
