using Twisted.Testing;

namespace Twisted.Conformance;

/// <summary>Run, stop, crash, and the triggers at both ends.</summary>
public abstract class LifeCycleContract : ReactorContract
{
    [Fact]
    public void Run_inside_run_throws() => Run(reactor =>
    {
        Assert.Throws<ReactorAlreadyRunningException>(reactor.Run);
        return Deferred.Succeed();
    });

    [Fact]
    public void A_reactor_that_has_run_does_not_run_again()
    {
        IReactor reactor = Create();
        reactor.CallWhenRunning(reactor.Stop);
        reactor.Run();
        Assert.Throws<ReactorNotRestartableException>(reactor.Run);
    }

    [Fact]
    public void Stop_before_run_throws() => Assert.Throws<ReactorNotRunningException>(Create().Stop);

    [Fact]
    public void Stop_twice_throws()
    {
        IReactor reactor = Create();
        Exception? second = null;
        reactor.CallWhenRunning(() =>
        {
            reactor.Stop();
            second = Record.Exception(reactor.Stop);
        });
        reactor.Run();
        Assert.IsType<ReactorNotRunningException>(second);
    }

    [Fact]
    public void Stop_after_run_throws()
    {
        IReactor reactor = Create();
        reactor.CallWhenRunning(reactor.Stop);
        reactor.Run();
        Assert.Throws<ReactorNotRunningException>(reactor.Stop);
    }

    [Fact]
    public void It_is_running_from_startup_to_the_shutdown_phase_during()
    {
        IReactor reactor = Create();
        var seen = new List<bool> { reactor.IsRunning };
        reactor.CallWhenRunning(() =>
        {
            seen.Add(reactor.IsRunning);
            reactor.Stop();
            seen.Add(reactor.IsRunning);
        });
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, () => seen.Add(reactor.IsRunning));
        reactor.AddSystemEventTrigger(TriggerPhase.After, SystemEvent.Shutdown, () => seen.Add(reactor.IsRunning));
        reactor.Run();
        seen.Add(reactor.IsRunning);
        Assert.Equal([false, true, true, true, false, false], seen);
    }

    [Fact]
    public void CallWhenRunning_calls_at_once_while_running() => Run(reactor =>
    {
        bool called = false;
        reactor.CallWhenRunning(() => { called = true; });
        Assert.True(called);
        return Deferred.Succeed();
    });

    [Fact]
    public void Triggers_run_in_the_order_of_their_phases()
    {
        IReactor reactor = Create();
        var order = new List<string>();
        foreach (SystemEvent systemEvent in Enum.GetValues<SystemEvent>())
        {
            foreach (TriggerPhase phase in Enum.GetValues<TriggerPhase>().Reverse())
                reactor.AddSystemEventTrigger(phase, systemEvent, () => order.Add($"{phase} {systemEvent}"));
        }
        reactor.CallWhenRunning(reactor.Stop);
        reactor.Run();
        Assert.Equal(
            [
                "Before Startup", "During Startup", "After Startup",
                "Before Shutdown", "During Shutdown", "After Shutdown",
            ],
            order);
    }

    [Fact]
    public void Shutdown_waits_for_all_Deferreds_of_the_phase_before()
    {
        IReactor reactor = Create();
        var order = new List<string>();
        foreach (int milliseconds in (int[])[40, 20])
        {
            reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, async () =>
            {
                await Wait(reactor, milliseconds / 1000.0);
                order.Add($"before {milliseconds}");
            });
        }
        reactor.AddSystemEventTrigger(TriggerPhase.During, SystemEvent.Shutdown, () => order.Add("during"));
        reactor.CallWhenRunning(reactor.Stop);
        reactor.Run();
        Assert.Equal(["before 20", "before 40", "during"], order);
    }

    [Fact]
    public void A_trigger_that_fails_is_reported_and_stops_no_other()
    {
        IReactor reactor = Create();
        var order = new List<string>();
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown,
            () => throw new InvalidDataException("thrown"));
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown,
            () => Deferred.Fail(new InvalidDataException("failed")));
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, () => order.Add("before"));
        reactor.AddSystemEventTrigger(TriggerPhase.After, SystemEvent.Shutdown, () => order.Add("after"));
        reactor.CallWhenRunning(reactor.Stop);
        reactor.Run();
        Assert.Equal(["before", "after"], order);
        Assert.Equal(["thrown", "failed"], Reported.Select(failure => failure.Exception.Message));
    }

    [Fact]
    public void A_removed_trigger_does_not_run()
    {
        IReactor reactor = Create();
        bool ran = false;
        reactor.AddSystemEventTrigger(TriggerPhase.During, SystemEvent.Shutdown, () => { ran = true; }).Dispose();
        reactor.CallWhenRunning(reactor.Stop);
        reactor.Run();
        Assert.False(ran);
    }

    [Fact]
    public void An_unknown_phase_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => Create().AddSystemEventTrigger((TriggerPhase)7, SystemEvent.Shutdown, () => { }));

    [Fact]
    public void Crash_ends_the_loop_without_shutdown_triggers()
    {
        IReactor reactor = Create();
        bool ran = false;
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, () => { ran = true; });
        reactor.CallWhenRunning(() => reactor.CallLater(TimeSpan.FromMilliseconds(1), reactor.Crash));
        reactor.Run();
        Assert.False(ran);
        Assert.False(reactor.IsRunning);
    }

    [Fact]
    public void Shutdown_loses_what_is_open_and_stops_the_factories()
    {
        var server = new Probe();
        var client = new Probe();
        Pair? pair = null;
        Run(async reactor => { pair = await Connect(reactor, server, client); });
        Assert.Equal(1, server.LostCount);
        Assert.Equal(1, client.LostCount);
        Assert.Equal(["start", "connecting", "build", "lost ConnectionLostException", "stop"], pair!.Factory.Events);
    }

    [Fact]
    public void A_port_that_the_shutdown_itself_stops_still_tells_its_end()
    {
        IReactor reactor = Create();
        bool closed = false;
        IListeningPort port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1");
        reactor.AddSystemEventTrigger(TriggerPhase.During, SystemEvent.Shutdown, () =>
        {
            port.StopListening().AddCallback(() => { closed = true; });
        });
        reactor.CallWhenRunning(reactor.Stop);
        reactor.Run();
        Assert.True(closed);
    }

    [Fact]
    public void An_attempt_to_connect_ends_with_the_reactor()
    {
        var factory = new ProbeClientFactory(new Probe());
        Run(reactor =>
        {
            int port = reactor.ListenTcp(0, () => new Probe(), "127.0.0.1").Host.Port;
            reactor.ConnectTcp("127.0.0.1", port, factory);
            return Deferred.Succeed();
        });
        Assert.DoesNotContain("build", factory.Events);
    }

    [Fact]
    public void What_is_open_is_left_over_until_it_has_ended() => Run(async reactor =>
    {
        Func<string, bool> theLimit = line => line.Contains(nameof(ReactorContract), StringComparison.Ordinal);
        Pair pair = await Connect(reactor, new Probe(), new Probe());
        IDelayedCall timer = reactor.CallLater(TimeSpan.FromHours(1), () => { });
        Assert.Collection(Janitor.Leftovers(reactor).Where(line => !theLimit(line)).Order(),
            line => Assert.StartsWith("a connection from", line, StringComparison.Ordinal),
            line => Assert.StartsWith("a connection from", line, StringComparison.Ordinal),
            line => Assert.StartsWith("a timer due at 01:00:0", line, StringComparison.Ordinal),
            line => Assert.StartsWith("an open port 127.0.0.1", line, StringComparison.Ordinal));
        timer.Cancel();
        pair.Client.Transport.LoseConnection();
        await pair.Client.Lost;
        await pair.Server.Lost;
        await pair.Port.StopListening();
        Assert.DoesNotContain(Janitor.Leftovers(reactor), line => !theLimit(line));
    });
}
