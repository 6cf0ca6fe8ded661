namespace Twisted.Conformance;

/// <summary>The phases of startup and shutdown: what waits for what, and what may be taken away on the way.</summary>
public abstract class SystemEventContract : ReactorContract
{
    private readonly List<string> _order = [];

    private void RunUntilStopped(IReactor reactor)
    {
        reactor.CallWhenRunning(reactor.Stop);
        reactor.Run();
    }

    private IDisposable At(IReactor reactor, TriggerPhase phase, string name) =>
        reactor.AddSystemEventTrigger(phase, SystemEvent.Shutdown, () => _order.Add(name));

    private static IDisposable On(IReactor reactor, TriggerPhase phase, Action callback) =>
        reactor.AddSystemEventTrigger(phase, SystemEvent.Shutdown, callback);

    [Fact]
    public void Functions_given_to_CallWhenRunning_run_in_their_order()
    {
        IReactor reactor = Create();
        for (int i = 0; i < 5; i++)
        {
            string name = $"{i}";
            reactor.CallWhenRunning(() => _order.Add(name));
        }
        RunUntilStopped(reactor);
        Assert.Equal(["0", "1", "2", "3", "4"], _order);
    }

    [Fact]
    public void It_is_running_after_the_startup_phase_before()
    {
        IReactor reactor = Create();
        foreach (TriggerPhase phase in Enum.GetValues<TriggerPhase>())
        {
            reactor.AddSystemEventTrigger(phase, SystemEvent.Startup,
                () => _order.Add($"{phase} {reactor.IsRunning}"));
        }
        RunUntilStopped(reactor);
        Assert.Equal(["Before False", "During True", "After True"], _order);
    }

    [Fact]
    public void The_loop_goes_round_while_the_startup_waits_for_a_Deferred()
    {
        IReactor reactor = Create();
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Startup, async () =>
        {
            await Wait(reactor, 0.02);
            _order.Add("before");
        });
        reactor.CallLater(TimeSpan.FromMilliseconds(5), _order.Add, "timer");
        reactor.CallWhenRunning(() => _order.Add("running"));
        RunUntilStopped(reactor);
        Assert.Equal(["timer", "before", "running"], _order);
    }

    [Fact]
    public void No_shutdown_trigger_runs_inside_Stop()
    {
        IReactor reactor = Create();
        foreach (TriggerPhase phase in Enum.GetValues<TriggerPhase>())
            At(reactor, phase, $"{phase}");
        reactor.CallWhenRunning(() =>
        {
            reactor.Stop();
            _order.Add("Stop has returned");
        });
        reactor.Run();
        Assert.Equal(["Stop has returned", "Before", "During", "After"], _order);
    }

    [Fact]
    public void A_later_trigger_may_fire_the_Deferred_of_an_earlier_one_and_the_rest_of_the_phase_comes_first()
    {
        IReactor reactor = Create();
        var first = new Deferred();
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, () => first);
        On(reactor, TriggerPhase.Before, () =>
        {
            first.Callback();
            _order.Add("second");
        });
        At(reactor, TriggerPhase.Before, "third");
        At(reactor, TriggerPhase.During, "during");
        RunUntilStopped(reactor);
        Assert.Equal(["second", "third", "during"], _order);
    }

    [Fact]
    public void An_exception_in_the_phase_during_is_reported_and_stops_no_other()
    {
        IReactor reactor = Create();
        On(reactor, TriggerPhase.During, () => throw new InvalidDataException("thrown"));
        At(reactor, TriggerPhase.During, "during");
        At(reactor, TriggerPhase.After, "after");
        RunUntilStopped(reactor);
        Assert.Equal(["during", "after"], _order);
        Assert.Equal("thrown", Assert.Single(Reported).Exception.Message);
    }

    [Theory]
    [InlineData(TriggerPhase.Before, TriggerPhase.Before)]
    [InlineData(TriggerPhase.Before, TriggerPhase.During)]
    [InlineData(TriggerPhase.During, TriggerPhase.During)]
    [InlineData(TriggerPhase.During, TriggerPhase.After)]
    public void A_trigger_may_take_away_one_that_has_not_run(TriggerPhase phase, TriggerPhase pending)
    {
        IReactor reactor = Create();
        IDisposable? later = null;
        On(reactor, phase, () =>
        {
            _order.Add("first");
            later!.Dispose();
        });
        later = At(reactor, pending, "taken away");
        At(reactor, pending, "last");
        RunUntilStopped(reactor);
        Assert.Equal(["first", "last"], _order);
    }

    [Fact]
    public void A_trigger_may_be_taken_away_while_the_phase_before_waits()
    {
        IReactor reactor = Create();
        IDisposable during = At(reactor, TriggerPhase.During, "taken away");
        reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, async () =>
        {
            await Wait(reactor, 0.01);
            during.Dispose();
            await Wait(reactor, 0.01);
            _order.Add("before");
        });
        RunUntilStopped(reactor);
        Assert.Equal(["before"], _order);
    }

    [Fact]
    public void To_take_away_one_that_has_run_or_was_taken_away_does_nothing()
    {
        IReactor reactor = Create();
        IDisposable first = At(reactor, TriggerPhase.Before, "first");
        IDisposable gone = At(reactor, TriggerPhase.Before, "gone");
        gone.Dispose();
        gone.Dispose();
        On(reactor, TriggerPhase.Before, first.Dispose);
        At(reactor, TriggerPhase.During, "first"); // the same but for its phase: it stays
        RunUntilStopped(reactor);
        first.Dispose();
        Assert.Equal(["first", "first"], _order);
        Assert.Empty(Reported);
    }

    [Fact]
    public void Every_connection_is_told_of_the_shutdown_though_one_of_them_throws()
    {
        int told = 0;
        Run(async reactor =>
        {
            var failing = new Probe { OnLost = _ => throw new InvalidDataException("thrown") };
            await Connect(reactor, failing, new Probe { OnLost = _ => told++ });
            await Connect(reactor, new Probe { OnLost = _ => told++ }, new Probe { OnLost = _ => told++ });
        });
        Assert.Equal(3, told);
        Assert.Equal("thrown", Assert.Single(Reported).Exception.Message);
    }

    [Fact]
    public void A_reactor_that_has_crashed_does_not_run_again()
    {
        IReactor reactor = Create();
        reactor.CallWhenRunning(reactor.Crash);
        reactor.Run();
        Assert.Throws<ReactorNotRestartableException>(reactor.Run);
    }

    [Fact]
    public void A_timer_stops_the_reactor_and_one_in_the_far_future_does_not_keep_it()
    {
        IReactor reactor = Create();
        IDelayedCall far = reactor.CallLater(TimeSpan.FromDays(365 * 1000), () => _order.Add("far"));
        reactor.CallLater(TimeSpan.FromMilliseconds(1), reactor.Stop);
        reactor.Run();
        Assert.Empty(_order);
        Assert.True(far.Cancel());
    }
}
