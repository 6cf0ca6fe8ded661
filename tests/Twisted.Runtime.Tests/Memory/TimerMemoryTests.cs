using System.Runtime.CompilerServices;
using Twisted.Conformance;

namespace Twisted.Tests;

/// <summary>What timers hold, and when they fire on a real clock.</summary>
[Collection(AloneTests.Name)]
public class TimerMemoryTests : FaultTests
{
    private const int Timers = 1_000_000;
    private const int Mebibyte = 1024 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_million_cancelled_timers_give_their_memory_back(bool allAtOnce) => Run(reactor =>
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        SetAndCancel(reactor, allAtOnce);
        long left = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(left < Mebibyte, $"{left} bytes are left");
        return Deferred.Succeed();
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void SetAndCancel(IReactor reactor, bool allAtOnce)
    {
        var calls = new IDelayedCall?[Timers];
        for (int i = 0; i < Timers; i++)
        {
            calls[i] = reactor.CallLater(TimeSpan.FromHours(1 + (i % 7)), static () => { });
            if (!allAtOnce)
                Assert.True(calls[i]!.Cancel());
        }
        if (!allAtOnce)
            return;
        Assert.True(reactor.DelayedCalls.Count >= Timers);
        foreach (IDelayedCall? call in calls)
            Assert.True(call!.Cancel());
    }

    [Fact]
    public void A_cancelled_or_fired_timer_lets_go_of_what_it_held() => Run(async reactor =>
    {
        (IDelayedCall cancelled, WeakReference first) = Hold(reactor, TimeSpan.FromHours(1));
        (IDelayedCall fired, WeakReference second) = Hold(reactor, TimeSpan.Zero);
        cancelled.Cancel();
        await Wait(reactor, 0.01);
        GC.Collect();
        Assert.False(first.IsAlive);
        Assert.False(second.IsAlive);
        GC.KeepAlive(cancelled);
        GC.KeepAlive(fired);
    });

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (IDelayedCall Call, WeakReference Held) Hold(IReactor reactor, TimeSpan delay)
    {
        byte[] held = new byte[100];
        return (reactor.CallLater(delay, () => GC.KeepAlive(held)), new WeakReference(held));
    }

    [Fact]
    public void Timers_never_fire_early() => Run(async reactor =>
    {
        TimeSpan earliest = TimeSpan.MaxValue;
        int left = 200;
        for (int i = 0; i < 200; i++)
        {
            TimeSpan delay = TimeSpan.FromMicroseconds(137 * i);
            TimeSpan due = reactor.Now + delay;
            reactor.CallLater(delay, () =>
            {
                TimeSpan late = reactor.Now - due;
                earliest = late < earliest ? late : earliest;
                left--;
            });
        }
        await Until(reactor, () => left == 0);
        Assert.True(earliest >= TimeSpan.Zero, $"{earliest}");
    });

    [Fact]
    public void Waiting_for_a_timer_makes_few_iterations()
    {
        var reactor = (ReactorBase)Create();
        reactor.Begin();
        bool fired = false;
        reactor.CallLater(TimeSpan.FromMilliseconds(50.3), () =>
        {
            fired = true;
            reactor.CallFromThread(() => { }); // the iteration that calls this has nothing else to wait for
        });
        int iterations = 0;
        while (!fired)
        {
            reactor.Iterate(mayWait: true);
            iterations++;
        }
        reactor.Crash();
        reactor.Leave();
        Assert.InRange(iterations, 1, 3);
    }
}
