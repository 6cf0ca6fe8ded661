using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Twisted.Internet;

#pragma warning disable CA1001 // its cancellation source has no timer and no handle: there is nothing to dispose

/// <summary>
/// The reactor, written once: what happens in an iteration, and in which order. A driver gives it the platform;
/// abilities that only some platforms have are added by deriving.
/// </summary>
/// <remarks>
/// Partials by role: this file is the loop; LifeCycle, Time, Threads, Network, Names, Failures
/// and Stalls are what their names say.
/// </remarks>
internal partial class ReactorBase : IReactor, IReactorNames, IReactorNameResolver, IReactorTcpOptions,
    IReactorTcpConnect, ILayerHost
{
    /// <summary>Longer than any message that fits a socket's usual buffer read; one for the whole loop.</summary>
    internal const int ReceiveBufferSize = 64 * 1024;

    private readonly IReactorDriver _driver;
    private readonly TimerQueue _timers;
    private readonly CallQueue _calls;
    private FlushQueue _unflushed;

    private static int _made;

    internal ReactorBase(IReactorDriver driver, ILoggerFactory? logging = null, string? name = null)
    {
        _driver = driver;
        Name = name ?? $"reactor-{Interlocked.Increment(ref _made)}";
        _timers = new TimerQueue(driver.TimeProvider);
        _calls = new CallQueue(driver.Wake);
        _log = new UnfailingLogger((logging ?? NullLoggerFactory.Instance).CreateLogger("Twisted.Reactor"));
        _sink = new ReactorFailureSink(this);
        Invariants = new Invariants(_log);
        _startup = new SystemEventTriggers(failure => Report(failure, "startup trigger"));
        _startup.Add(TriggerPhase.During, () => { _running = true; }); // the first: the others may stop it
        _shutdown = new SystemEventTriggers(failure => Report(failure, "shutdown trigger"));
        NameResolver = new DriverNames(this);
        TimeProvider = new ReactorTimeProvider(this, driver.TimeProvider);
        SynchronizationContext = new ReactorSynchronizationContext(this);
    }

    /// <summary>The loop's one receive buffer: a callback sees a span of it.</summary>
    internal byte[] ReceiveBuffer { get; } = GC.AllocateUninitializedArray<byte>(ReceiveBufferSize, pinned: true);

    /// <summary>What its figures and spans are tagged with.</summary>
    internal string Name { get; }

    /// <summary>Callbacks that wait for the next iteration. Any thread.</summary>
    internal int QueueLength => _calls.Count;

    internal SegmentPool Segments { get; } = new();

    internal ByteCounts Bytes { get; } = new();

    internal Invariants Invariants { get; }

    internal SynchronizationContext SynchronizationContext { get; }

    /// <summary>
    /// One iteration: the calls from threads that were there when it began, the timers that are due, the shutdown if
    /// one was asked for, then I/O. Twisted does the same in the same order.
    /// </summary>
    /// <param name="mayWait">Whether to wait for I/O when there is nothing else to do.</param>
    /// <returns>Whether anything was done.</returns>
    internal bool Iterate(bool mayWait)
    {
        bool worked = !_unflushed.IsEmpty; // written to by another reactor of this thread: only tests have two
        Flush();
        worked |= RunCalls();
        worked |= RunTimers();
        if (_stopAsked)
        {
            _stopAsked = false;
            worked = true;
            FireShutdown();
        }
        worked |= _driver.Poll(mayWait ? TimeToWait() : TimeSpan.Zero);
        return worked;
    }

    /// <summary>When there is something to do at the latest: null while only I/O can bring work.</summary>
    internal TimeSpan? NextDue =>
        _calls.IsEmpty && !_stopAsked && _unflushed.IsEmpty ? _timers.NextDue : TimeSpan.Zero;

    /// <summary>How long the next poll may wait.</summary>
    internal TimeSpan TimeToWait()
    {
        if (!_started || !_calls.IsEmpty || _stopAsked)
            return TimeSpan.Zero;
        if (_timers.NextDue is not { } due)
            return Timeout.InfiniteTimeSpan;
        TimeSpan wait = due - Now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private bool RunCalls()
    {
        int present = _calls.BeginPhase();
        StallWatch? stalls = Stalls;
        for (int i = 0; i < present && _calls.TryTake(out QueuedCall call); i++)
        {
            if (stalls is not null)
            {
                InvokeWatched(stalls, call);
                continue;
            }
            try
            {
                call.Invoke();
            }
            catch (Exception failure)
            {
                Report(failure, "call from thread");
            }
            Flush();
        }
        return present > 0;
    }

    private bool RunTimers()
    {
        if (_timers.Count == 0)
            return false;
        long now = _timers.Now.Ticks;
        long phase = _timers.BeginPhase();
        bool worked = false;
        StallWatch? stalls = Stalls;
        bool measuresLag = ReactorMeter.TimerLag.Enabled;
        while (_timers.TakeDue(now, phase) is { } call)
        {
            worked = true;
            if (call.HasRun)
                Invariants.Break($"{call} runs twice");
            call.HasRun = true;
            if (measuresLag)
                ReactorMeter.TimerLag.Record(new TimeSpan(now - call.Time.Ticks).TotalSeconds, ReactorMeter.Tag(this));
            if (stalls is not null)
            {
                InvokeWatched(stalls, call);
                continue;
            }
            try
            {
                call.Invoke();
            }
            catch (Exception failure)
            {
                Report(failure, "timer");
            }
            Flush();
        }
        return worked;
    }

    /// <summary>Remembers a transport that was written to: it goes out when the running callback returns.</summary>
    internal void FlushLater(Flushable transport)
    {
        _unflushed.Add(transport);
        WakeFromOutside();
    }

    /// <summary>A callback has returned: what it wrote goes out now, on all transports that it wrote to.</summary>
    internal void Flush()
    {
        // Flushing may run callbacks that write again, to these or other transports: they are appended, not missed.
        while (_unflushed.Take() is { } transport)
            transport.Flush();
    }
}
