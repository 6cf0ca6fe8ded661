using Microsoft.Extensions.Logging;

namespace Twisted.Application;

/// <summary>Calls something at an interval, while it runs. Twisted: <c>TimerService</c>.</summary>
/// <remarks>A failure is logged and ends the calls; the service itself stays, as Twisted's does.</remarks>
public sealed class TimerService : Service
{
    private readonly TimeSpan _interval;
    private readonly LoopingCall _loop;
    private readonly ILogger _log;
    private Deferred? _ended;

    /// <summary>A service that calls.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="interval">Between two calls; the first comes at the start.</param>
    /// <param name="callback">What to call.</param>
    /// <param name="log">Where a failure is told.</param>
    public TimerService(IReactorTime reactor, TimeSpan interval, Action callback, ILogger log)
        : this(interval, new LoopingCall(reactor, callback), log) { }

    /// <summary>A service that calls and waits for the Deferred before it calls again.</summary>
    /// <param name="reactor">The clock.</param>
    /// <param name="interval">Between two calls; the first comes at the start.</param>
    /// <param name="callback">What to call.</param>
    /// <param name="log">Where a failure is told.</param>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public TimerService(IReactorTime reactor, TimeSpan interval, Func<Deferred> callback, ILogger log)
        : this(interval, new LoopingCall(reactor, callback), log) { }

    private TimerService(TimeSpan interval, LoopingCall loop, ILogger log)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.Zero);
        ArgumentNullException.ThrowIfNull(log);
        _interval = interval;
        _loop = loop;
        _log = log;
    }

    /// <inheritdoc/>
    public override Deferred StartService()
    {
        _ended = _loop.Start(_interval).AddErrback(failure => ApplicationLog.TimerFailed(_log, failure, this));
        return base.StartService();
    }

    /// <summary>Stops.</summary>
    /// <returns>Fires when a call that is under way has ended.</returns>
    public override async Deferred StopService()
    {
        if (_loop.IsRunning)
            _loop.Stop();
        await base.StopService();
        if (_ended is { } ended)
            await ended;
    }
}
