namespace Twisted.Internet;

// Run, stop, and the system events at both ends.
internal partial class ReactorBase
{
    private readonly SystemEventTriggers _startup;
    private readonly SystemEventTriggers _shutdown;
    private bool _started;          // the loop goes round
    private bool _hasRun;
    private bool _stopAsked;        // Stop was called; the shutdown begins in this iteration
    private bool _stopping;         // Stop was called and the loop has not ended yet
    private volatile bool _running;

    public bool IsRunning => _running;

    /// <summary>Whether the shutdown has closed everything: what is made now is closed at once.</summary>
    internal bool HasShutDown { get; private set; }

    public virtual void Run()
    {
        Begin();
        try
        {
            while (_started)
                Iterate(mayWait: true);
            if (HasShutDown)
                FinishShutdown();
        }
        finally
        {
            End();
        }
    }

    public virtual Task RunAsync(CancellationToken cancellationToken = default)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _driver.StartThread(() =>
        {
            using CancellationTokenRegistration stop = cancellationToken.Register(() => CallFromThread(StopIfRunning));
            try
            {
                Run();
                ended.SetResult();
            }
            catch (Exception failure)
            {
                ended.SetException(failure);
            }
        });
        return ended.Task;
    }

    public void Stop()
    {
        if (!_running || _stopping)
            throw new ReactorNotRunningException(_stopping
                ? "Reactor is not running any more: it was told to stop already."
                : "Reactor is not running: there is nothing to stop.");
        _stopAsked = true;
        _stopping = true;
        WakeFromOutside();
    }

    public void Crash()
    {
        _started = false;
        _running = false;
    }

    public void CallWhenRunning(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (_running)
            callback();
        else
            _startup.Add(TriggerPhase.After, callback);
    }

    public void CallWhenRunning(Func<Deferred> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        if (_running)
            callback().Forget();
        else
            _startup.Add(TriggerPhase.After, callback);
    }

    public IDisposable AddSystemEventTrigger(TriggerPhase phase, SystemEvent systemEvent, Action callback) =>
        TriggersOf(systemEvent).Add(phase, callback);

    public IDisposable AddSystemEventTrigger(TriggerPhase phase, SystemEvent systemEvent, Func<Deferred> callback) =>
        TriggersOf(systemEvent).Add(phase, callback);

    private SystemEventTriggers TriggersOf(SystemEvent systemEvent) => systemEvent switch
    {
        SystemEvent.Startup => _startup,
        SystemEvent.Shutdown => _shutdown,
        _ => throw new ArgumentOutOfRangeException(nameof(systemEvent), systemEvent, "Use Startup or Shutdown."),
    };

    /// <summary>Becomes the reactor of this thread and fires the startup event.</summary>
    internal void Begin()
    {
        if (_started || _running)
            throw new ReactorAlreadyRunningException();
        if (_hasRun)
            throw new ReactorNotRestartableException();
        _hasRun = true;
        _started = true;
        Enter();
        ReactorMeter.Add(this);
        OnBegin();
        _startup.Fire();
        Flush();
    }

    /// <summary>One iteration that never waits, for a loop of somebody else's.</summary>
    /// <returns>False when the reactor has ended.</returns>
    internal bool StepOnce()
    {
        Enter();
        if (_started)
            Iterate(mayWait: false);
        if (_started)
        {
            Leave();
            return true;
        }
        if (HasShutDown)
            FinishShutdown();
        End();
        return false;
    }

    /// <summary>Runs what the shutdown itself has queued: the ends of ports and of late connections.</summary>
    private void FinishShutdown()
    {
        RunCalls();
        if (Connections.Count + Attempts.Count + Ports.Count > 0)
            Invariants.Break($"the shutdown left {Connections.Count} connections, {Attempts.Count} attempts and "
                + $"{Ports.Count} ports open");
    }

    private void End()
    {
        _running = false;
        _started = false;
        _calls.Close();
        _ended.Cancel();
        ReactorMeter.Remove(this);
        Leave();
        OnEnd();
    }

    /// <summary>A platform's part of the beginning: signals.</summary>
    protected virtual void OnBegin() { }

    /// <summary>A platform's part of the end.</summary>
    protected virtual void OnEnd() { }

    /// <summary>Stops; while it still starts, as soon as it has.</summary>
    internal void StopIfRunning()
    {
        if (_running && !_stopping)
            Stop();
        else if (_started && !_stopping)
            _startup.Add(TriggerPhase.After, StopIfRunning);
    }

    /// <summary>Nobody would ever close what is opened behind the shutdown, by StopFactory say.</summary>
    internal void EnsureNotShutDown(string what)
    {
        if (HasShutDown)
            throw new ReactorNotRunningException($"Cannot {what}: the reactor has shut down.");
    }

    private void FireShutdown() => _shutdown.Fire(() =>
    {
        Crash();
        HasShutDown = true;
        DisconnectAll();
        Flush();
        _stopping = false;
    });
}
