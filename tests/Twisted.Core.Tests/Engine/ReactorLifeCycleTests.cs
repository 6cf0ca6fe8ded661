using System.Net;
using Twisted.Testing;

namespace Twisted.Tests;

/// <summary>How the engine begins and ends.</summary>
public sealed class ReactorLifeCycleTests : IDisposable
{
    private readonly ScriptedDriver _driver = new();
    private readonly LogCapture _log = new();
    private readonly Platform _loop;
    private readonly List<string> _done = [];

    public ReactorLifeCycleTests() => _loop = new Platform(_driver, _log, _done);

    [Fact]
    public void Run_ends_with_everything_that_was_queued_and_lets_go_of_the_thread()
    {
        _loop.CallWhenRunning(() => _done.Add("running"));
        _driver.Events.Enqueue(_loop.Stop);
        _loop.AddSystemEventTrigger(TriggerPhase.After, SystemEvent.Shutdown, () => _loop.CallFromThread(
            () => _done.Add("queued at the end")));
        _loop.Run();
        Assert.Equal(["begins", "running", "queued at the end", "ended"], _done);
        Assert.False(_loop.IsInReactorThread);
        Assert.False(_loop.IsRunning);
        Assert.False(_loop.Enqueue(new QueuedCall(() => { })));
        Assert.Equal(0, _loop.QueueLength);
    }

    [Fact]
    public async Task What_waits_for_a_reactor_that_ends_is_told()
    {
        Task<int> waiting = _loop.InvokeAsync(() => new Deferred<int>());
        _driver.Events.Enqueue(_loop.Stop);
        _loop.Run();
        var told = await Assert.ThrowsAsync<ReactorNotRunningException>(() => waiting);
        Assert.Equal("The reactor has ended: the result of this call will not come.", told.Message);
    }

    [Fact]
    public async Task On_a_thread_of_its_own_it_ends_with_its_task()
    {
        Task ended = _loop.RunAsync();
        Assert.False(ended.IsCompleted);
        _driver.Events.Enqueue(_loop.Stop);
        _driver.Work.Dequeue()();
        await ended;
        Assert.Equal(["begins", "ended"], _done);
    }

    [Fact]
    public async Task A_loop_that_breaks_fails_its_task()
    {
        Task ended = _loop.RunAsync();
        _driver.Events.Enqueue(() => throw new InvalidDataException());
        _driver.Work.Dequeue()();
        await Assert.ThrowsAsync<InvalidDataException>(() => ended);
        Assert.Equal(["begins", "ended"], _done);
    }

    [Fact]
    public async Task A_token_stops_it_also_when_it_was_cancelled_before()
    {
        Task ended = _loop.RunAsync(new CancellationToken(canceled: true));
        _driver.Work.Dequeue()();
        await ended;
        Assert.Equal(["begins", "ended"], _done);
    }

    [Fact]
    public void Who_stops_it_while_it_starts_stops_it_when_it_has_started()
    {
        _loop.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Startup, () =>
        {
            _loop.StopIfRunning();
            _done.Add("starts");
        });
        _loop.CallWhenRunning(() => _done.Add($"running {_loop.IsRunning}"));
        _loop.Run();
        Assert.Equal(["begins", "starts", "running True", "ended"], _done);
    }

    [Fact]
    public void To_stop_if_running_twice_is_no_mistake_and_before_it_starts_nothing()
    {
        _loop.StopIfRunning();
        _driver.Events.Enqueue(() =>
        {
            _loop.StopIfRunning();
            _loop.StopIfRunning();
        });
        _loop.CallWhenRunning(() => _done.Add("running"));
        _loop.Run();
        Assert.Equal(["begins", "running", "ended"], _done);
        Assert.Empty(_log.Events);
    }

    [Fact]
    public void It_cannot_begin_while_it_begins_or_runs_nor_again()
    {
        _loop.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Startup,
            () => Assert.Throws<ReactorAlreadyRunningException>(_loop.Begin));
        _loop.CallWhenRunning(() => Assert.Throws<ReactorAlreadyRunningException>(_loop.Begin));
        _driver.Events.Enqueue(_loop.Stop);
        _loop.Run();
        Assert.Throws<ReactorNotRestartableException>(_loop.Run);
        Assert.Empty(_log.Events);
    }

    [Fact]
    public void What_is_written_while_it_starts_and_ends_goes_out_at_once()
    {
        void Write(string what) => _loop.FlushLater(new ReactorLoopTests.Noted(_done, what));
        _loop.CallWhenRunning(() => Write("first words"));
        _loop.Begin();
        Assert.Equal(["begins", "first words"], _done);
        _loop.AddSystemEventTrigger(TriggerPhase.During, SystemEvent.Shutdown, () => Write("last words"));
        _loop.AddSystemEventTrigger(TriggerPhase.After, SystemEvent.Shutdown, () => _done.Add("after"));
        _loop.Stop();
        _loop.Iterate(mayWait: false);
        Assert.Equal(["begins", "first words", "last words", "after"], _done);
        _loop.Leave();
    }

    [Fact]
    public void Behind_the_shutdown_it_is_not_running_any_more()
    {
        _loop.AddSystemEventTrigger(TriggerPhase.After, SystemEvent.Shutdown, () => _done.Add(
            Assert.Throws<ReactorNotRunningException>(_loop.Stop).Message));
        _driver.Events.Enqueue(_loop.Stop);
        _loop.Run();
        Assert.Contains("Reactor is not running: there is nothing to stop.", _done);
    }

    [Fact]
    public void Triggers_that_fail_are_named()
    {
        _loop.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Startup, () => throw new NotSupportedException());
        _loop.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, () => throw new NotSupportedException());
        _driver.Events.Enqueue(_loop.Stop);
        _loop.Run();
        Assert.Equal(["Unhandled error in startup trigger", "Unhandled error in shutdown trigger"],
            _log.Events.Select(logged => logged.Message));
    }

    [Fact]
    public void Somebody_elses_loop_goes_step_by_step_until_the_end()
    {
        _loop.Begin();
        _loop.Leave();
        Assert.True(_loop.StepOnce());
        Assert.False(_loop.IsInReactorThread);
        Assert.Equal([TimeSpan.Zero], _driver.Waits);
        _loop.AddSystemEventTrigger(TriggerPhase.After, SystemEvent.Shutdown, () => _loop.CallFromThread(
            () => _done.Add("queued at the end")));
        _loop.Stop();
        Assert.False(_loop.StepOnce());
        Assert.False(_loop.IsInReactorThread);
        Assert.Equal(["begins", "queued at the end", "ended"], _done);
    }

    [Fact]
    public void After_a_crash_the_next_step_is_the_end_and_runs_nothing()
    {
        _loop.Begin();
        _loop.CallFromThread(() => _done.Add("called"));
        _loop.Crash();
        _loop.Leave();
        Assert.False(_loop.StepOnce());
        Assert.Equal(["begins", "ended"], _done);
        Assert.Empty(_driver.Waits);
    }

    [Fact]
    public void A_shutdown_that_leaves_something_open_breaks_a_rule()
    {
        _loop.AddSystemEventTrigger(TriggerPhase.After, SystemEvent.Shutdown, () => _loop.Ports.Add(new Forgotten()));
        _driver.Events.Enqueue(_loop.Stop);
        _loop.Run();
        Assert.Equal("the shutdown left 0 connections, 0 attempts and 1 ports open", _loop.Invariants.First);
    }

    [Fact]
    public void A_shutdown_that_leaves_nothing_open_breaks_none()
    {
        _driver.Events.Enqueue(_loop.Stop);
        _loop.Run();
        Assert.Null(_loop.Invariants.First);
    }

    [Fact]
    public void Behind_the_shutdown_no_port_is_opened()
    {
        _loop.AddSystemEventTrigger(TriggerPhase.After, SystemEvent.Shutdown, () =>
        {
            Assert.Throws<ReactorNotRunningException>(() => _loop.ListenTcp(0, Factory.For(() => new Recorder())));
            _done.Add(Assert.Throws<ReactorNotRunningException>(
                () => _loop.ListenUdp(0, new PacketRecorder())).Message);
        });
        _driver.Events.Enqueue(_loop.Stop);
        _loop.Run();
        Assert.Equal(["begins", "Cannot listen: the reactor has shut down.", "ended"], _done);
        Assert.Null(_loop.Invariants.First);
    }

    [Fact]
    public void An_asynchronous_call_is_made_at_once_while_it_runs()
    {
        _loop.Begin();
        _loop.CallWhenRunning(() =>
        {
            _done.Add("called");
            return Deferred.Succeed();
        });
        Assert.Equal(["begins", "called"], _done);
        _loop.Leave();
    }

    public void Dispose()
    {
        if (_loop.IsInReactorThread)
            _loop.Leave();
    }

    /// <summary>A reactor with a platform's part of the beginning and of the end.</summary>
    private sealed class Platform(ScriptedDriver driver, LogCapture log, List<string> done)
        : ReactorBase(driver, log.Logging)
    {
        protected override void OnBegin() => done.Add("begins");

        protected override void OnEnd() => done.Add("ended");
    }

    private sealed class Forgotten : IOpenPort
    {
        public EndPoint Host => ScriptedDriver.Here;

        public IPassedOnSocket? PassedOn => null;

        public void CloseNow() { }
    }
}
