namespace Twisted.Conformance;

/// <summary>Delayed calls, and the BCL's timers on the reactor's clock.</summary>
public abstract class TimerContract : ReactorContract
{
    [Fact]
    public void Equal_times_run_in_the_order_they_were_set() => Run(async reactor =>
    {
        var order = new List<int>();
        for (int i = 0; i < 100; i++)
            reactor.CallLater(TimeSpan.FromMilliseconds(5), order.Add, i);
        await Wait(reactor, 0.05);
        Assert.Equal(Enumerable.Range(0, 100), order.Order());
        if (reactor.GetType().Name == "MemoryLoop") // real clocks go on between two calls
            Assert.Equal(Enumerable.Range(0, 100), order);
    });

    [Fact]
    public void A_thousand_timers_run_in_the_order_of_their_times() => Run(async reactor =>
    {
        var random = new Random(7);
        var due = new List<TimeSpan>();
        for (int i = 0; i < 1000; i++)
        {
            IDelayedCall? call = null;
            call = reactor.CallLater(TimeSpan.FromMilliseconds(random.Next(50)), () => due.Add(call!.Time));
        }
        await Wait(reactor, 0.1);
        Assert.Equal(1000, due.Count);
        Assert.Equal(due.Order(), due);
    });

    [Fact]
    public void A_zero_delay_set_in_a_timer_runs_in_the_next_iteration_and_starves_nothing() => Run(async reactor =>
    {
        int rounds = 0;
        bool stop = false;
        void Again()
        {
            rounds++;
            if (!stop)
                reactor.CallLater(TimeSpan.Zero, Again);
        }
        Again();
        var echoed = new Probe();
        var server = new Probe { OnData = probe => probe.Transport.Write("pong"u8) };
        Pair pair = await Connect(reactor, server, echoed);
        pair.Client.Transport.Write("ping"u8);
        while (echoed.Received.Count == 0)
            await reactor.DeferLater(TimeSpan.Zero);
        stop = true;
        Assert.True(rounds > 3, $"only {rounds} rounds");
    });

    [Fact]
    public void Cancel_says_whether_it_still_waited_and_may_be_repeated() => Run(async reactor =>
    {
        IDelayedCall call = reactor.CallLater(TimeSpan.FromMilliseconds(5), () => Assert.Fail("cancelled"));
        Assert.True(call.IsActive);
        Assert.True(call.Cancel());
        Assert.False(call.Cancel());
        Assert.False(call.IsActive);
        await Wait(reactor, 0.02);
    });

    [Fact]
    public void Reset_counts_from_now_and_Delay_from_the_time_that_was_set() => Run(async reactor =>
    {
        var order = new List<string>();
        IDelayedCall reset = reactor.CallLater(TimeSpan.FromHours(1), order.Add, "reset");
        IDelayedCall delayed = reactor.CallLater(TimeSpan.FromHours(1), order.Add, "delayed");
        reset.Reset(TimeSpan.FromMilliseconds(20));
        delayed.Delay(-TimeSpan.FromHours(1));
        await Wait(reactor, 0.05);
        Assert.Equal(["delayed", "reset"], order);
    });

    [Fact]
    public void A_call_that_has_run_or_was_cancelled_cannot_be_moved() => Run(async reactor =>
    {
        IDelayedCall run = reactor.CallLater(TimeSpan.Zero, () => { });
        IDelayedCall cancelled = reactor.CallLater(TimeSpan.FromSeconds(5), () => { });
        cancelled.Cancel();
        await Wait(reactor, 0.01);
        foreach (IDelayedCall call in (IDelayedCall[])[run, cancelled])
        {
            Assert.Throws<DelayedCallException>(() => call.Reset(TimeSpan.Zero));
            Assert.Throws<DelayedCallException>(() => call.Delay(TimeSpan.Zero));
        }
    });

    [Fact]
    public void A_negative_delay_is_refused() => Run(reactor =>
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => reactor.CallLater(-TimeSpan.FromTicks(1), () => { }));
        IDelayedCall call = reactor.CallLater(TimeSpan.FromSeconds(1), () => { });
        Assert.Throws<ArgumentOutOfRangeException>(() => call.Reset(-TimeSpan.FromTicks(1)));
        Assert.True(call.IsActive);
        call.Cancel();
        return Deferred.Succeed();
    });

    [Fact]
    public void DelayedCalls_lists_those_that_wait() => Run(reactor =>
    {
        int before = reactor.DelayedCalls.Count;
        IDelayedCall kept = reactor.CallLater(TimeSpan.FromSeconds(1), () => { });
        IDelayedCall cancelled = reactor.CallLater(TimeSpan.FromSeconds(1), () => { });
        cancelled.Cancel();
        Assert.Contains(kept, reactor.DelayedCalls);
        Assert.Equal(before + 1, reactor.DelayedCalls.Count);
        kept.Cancel();
        return Deferred.Succeed();
    });

    [Fact]
    public void A_timer_that_throws_is_reported_and_stops_no_other()
    {
        bool ran = false;
        Run(async reactor =>
        {
            reactor.CallLater(TimeSpan.Zero, () => throw new InvalidDataException("user code"));
            reactor.CallLater(TimeSpan.Zero, () => { ran = true; });
            await Wait(reactor, 0.01);
        });
        Assert.True(ran);
        UnhandledFailure failure = Assert.Single(Reported);
        Assert.Equal("user code", failure.Exception.Message);
        Assert.Equal("timer", failure.Source);
        Assert.Contains(nameof(A_timer_that_throws_is_reported_and_stops_no_other), failure.Exception.StackTrace!);
    }

    [Fact]
    public void A_failure_of_an_async_timer_is_reported()
    {
        Run(async reactor =>
        {
            reactor.CallLater(TimeSpan.Zero, async () =>
            {
                await Wait(reactor, 0.001);
                throw new InvalidDataException("later");
            });
            await Until(reactor, () => Reported.Count > 0);
        });
        Assert.Equal("later", Assert.Single(Reported).Exception.Message);
    }

    [Fact]
    public void Task_Delay_on_the_reactors_clock_comes_back_to_the_reactor_thread() => Run(async reactor =>
    {
        TimeSpan before = reactor.Now;
        await Task.Delay(TimeSpan.FromMilliseconds(30), reactor.TimeProvider);
        Assert.True(reactor.IsInReactorThread);
        Assert.True(reactor.Now - before >= TimeSpan.FromMilliseconds(30));
    });

    [Fact]
    public void A_cancellation_source_on_the_reactors_clock_fires() => Run(async reactor =>
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(10), reactor.TimeProvider);
        await Wait(reactor, 0.05);
        Assert.True(source.IsCancellationRequested);
    });

    [Fact]
    public void A_periodic_timer_on_the_reactors_clock_repeats_until_disposed() => Run(async reactor =>
    {
        int ticks = 0;
        ITimer timer = reactor.TimeProvider.CreateTimer(_ => ticks++, null,
            TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(5));
        await Wait(reactor, 0.1);
        await timer.DisposeAsync();
        int seen = ticks;
        await Wait(reactor, 0.05);
        Assert.True(seen >= 3, $"{seen} ticks");
        Assert.Equal(seen, ticks);
    });
}
