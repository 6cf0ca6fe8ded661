using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Daemon;

/// <summary>What happens on the reactor: the start in its order, the signals, the end. Reactor thread.</summary>
/// <param name="settings">How to run.</param>
/// <param name="reread">What the settings would be if it were started now.</param>
/// <param name="reactor">What on.</param>
/// <param name="service">What is run; its text is its status for the manager of services.</param>
/// <param name="file">The log, where it is one.</param>
/// <param name="log">Where its events are told.</param>
internal sealed partial class ApplicationLife(
    TwistdSettings settings, Func<TwistdSettings> reread, IReactor reactor, IService service, LogFile? file,
    ILogger log) : IDisposable
{
    private const int Usr1 = 10; // SIGUSR1 on Linux: PosixSignal has no name for it

    private readonly List<IDisposable> _signals = [];
    private ServiceNotifier? _notifier;
    private PidFile? _pidFile;
    private IListeningPort? _adminPort;
    private bool _isRetiring;
    private bool _stopsNow;

    private bool IsServing => _notifier is not null;

    private Deferred? Stopped { get; set; }

    /// <summary>Listens to signals from now on, and starts.</summary>
    /// <param name="identity">Who to become when the ports are bound.</param>
    /// <returns>Fires when it serves.</returns>
    internal async Deferred Serve(ProcessIdentity? identity)
    {
        HearSignals();
        Predecessor? predecessor = null;
        if (settings.TakesOver)
            predecessor = await Predecessor.Ask(reactor, settings.AdminPort!);
        else if (settings.PidFile is { } path)
            _pidFile = PidFile.Acquire(path);
        await service.PrivilegedStartService();
        if (settings.AdminPort is { } admin)
            _adminPort = AdminPort.Open(reactor, admin, HandedOver, log);
        identity?.Become();
        await service.StartService();
        if (predecessor is not null && settings.PidFile is { } inherited)
            _pidFile = PidFile.Replace(inherited);
        predecessor?.Release();
        _notifier = ServiceNotifier.FromEnvironment(reactor);
        Started(log, reactor.GetType().Name, Environment.Version);
        _notifier.Ready($"{service}");
    }

    /// <summary>Gives back what it holds of the system, when the reactor has ended.</summary>
    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _notifier?.Dispose();
        _pidFile?.Dispose();
    }

    private void HearSignals()
    {
        if (reactor is not IReactorSignals signals)
            return;
        _signals.Add(signals.OnSignal(PosixSignal.SIGTERM, Stop));
        _signals.Add(signals.OnSignal(PosixSignal.SIGINT, Stop));
        _signals.Add(signals.OnSignal(PosixSignal.SIGHUP, Reload));
        _signals.Add(signals.OnSignal((PosixSignal)Usr1, () => file?.Rotate()));
    }

    private void Reload()
    {
        if (_notifier is not { } notifier || _isRetiring || Stopped is not null)
            return;
        notifier.Reloading();
        file?.Reopen();
        Deferred.Try(ReadAnew)
            .AddErrback(failure => ReloadFailed(log, failure))
            .AddCallback(() => notifier.Ready($"{service}"))
            .Forget();
    }

    private async Deferred ReadAnew()
    {
        TwistdSettings now = reread();
        if (service is IReloadable able)
            await able.Reload();
        if (now with { LogLevel = settings.LogLevel } != settings)
            NeedsRestart(log);
        Reloaded(log);
        TwistedLog.Levels.SetLevel("", now.LogLevel); // last: the new level may not tell what happens here
    }

    private void Stop()
    {
        if (Stopped is not null || !IsServing)
        {
            StopNow();
            return;
        }
        Stopping(log, settings.DrainTimeout);
        _notifier!.Stopping("Connections may finish.");
        _adminPort?.StopListening().Forget();
        EndAfter(Stopped = service.StopService());
    }

    private void EndAfter(Deferred ended) => ended
        .AddErrback(failure => StopFailed(log, failure))
        .AddCallback(() =>
        {
            if (reactor.IsRunning && !_stopsNow)
                reactor.Stop();
            _stopsNow = true;
        })
        .Forget();

    /// <summary>Another process serves in our place: what is left here ends by itself, and is not hurried.</summary>
    private void HandedOver()
    {
        if (_isRetiring || Stopped is not null)
            return;
        _isRetiring = true;
        _adminPort?.StopListening().Forget();
        EndAfter(service is IRetirable able ? able.Retire() : service.StopService());
    }

    private void StopNow()
    {
        if (_stopsNow || !reactor.IsRunning)
            return;
        _stopsNow = true;
        StoppingNow(log);
        reactor.Stop();
    }

    [LoggerMessage(1510, LogLevel.Information, "twistd serves on {Reactor} (.NET {Version})")]
    private static partial void Started(ILogger log, string reactor, Version version);

    [LoggerMessage(1511, LogLevel.Information,
        "Stopping: connections may take {Patience} to finish. A second signal stops at once.")]
    private static partial void Stopping(ILogger log, TimeSpan patience);

    [LoggerMessage(1512, LogLevel.Warning, "Stopping at once: connections that have not finished are lost")]
    private static partial void StoppingNow(ILogger log);

    [LoggerMessage(1513, LogLevel.Error, "A service did not stop as it should")]
    private static partial void StopFailed(ILogger log, Exception failure);

    [LoggerMessage(1515, LogLevel.Information, "Reloaded: the log was opened anew")]
    private static partial void Reloaded(ILogger log);

    [LoggerMessage(1517, LogLevel.Warning,
        "Of what has changed only the log level is in force: the rest needs a restart (--takeover refuses nobody)")]
    private static partial void NeedsRestart(ILogger log);

    [LoggerMessage(1516, LogLevel.Error, "Not reloaded: all stays as it was")]
    private static partial void ReloadFailed(ILogger log, Exception failure);
}
