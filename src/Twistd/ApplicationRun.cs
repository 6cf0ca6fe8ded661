using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Daemon;

/// <summary>The life of a server process, from its first file to its last line in the log.</summary>
/// <remarks>
/// The order is Twisted's: folder, file mask, log, pid file, ports and what else needs rights, the rights given up,
/// the rest of the start, ready. SIGINT and SIGTERM let connections finish and stop; a second one stops now. SIGHUP
/// opens the log anew, for who has moved it away; SIGUSR1 moves it away.
/// </remarks>
/// <param name="settings">How to run.</param>
/// <param name="make">Makes what is run; its text is its status for the manager of services.</param>
internal sealed partial class ApplicationRun(TwistdSettings settings, Func<IReactor, ILoggerFactory, IService> make)
{
    private const int Usr1 = 10; // SIGUSR1 on Linux: PosixSignal has no name for it

    /// <summary>Runs it to its end.</summary>
    /// <returns>One of <see cref="TwistdExit"/>.</returns>
    internal int Start()
    {
        using StatusPipe parent = StatusPipe.OfProcess();
        try
        {
            Run(parent);
            return TwistdExit.Done;
        }
        catch (Exception failure) when (failure is FormatException or CannotListenException or ArgumentException
            or NotSupportedException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Tell(parent, failure.Message);
            return TwistdExit.CannotStart;
        }
        catch (Exception defect)
        {
            Tell(parent, $"A defect ended it: {defect.Message} {CrashFile.Write(defect)}");
            return TwistdExit.Crashed;
        }
    }

    private static void Tell(StatusPipe parent, string reason)
    {
        if (parent.IsDaemon)
            parent.Failed(reason);
        else
            Console.Error.WriteLine($"twistd: {reason}");
    }

    private void Run(StatusPipe parent)
    {
        ReactorKind kind = Reactors.Parse(settings.ReactorName);
        ProcessIdentity? identity = settings is { User: null, Group: null }
            ? null
            : ProcessIdentity.Find(settings.User, settings.Group);
        if (settings.RunDirectory is { } folder)
            Directory.SetCurrentDirectory(folder);
        if (parent.IsDaemon)
            DaemonProcess.StartSession();
        if (settings.FileMask is { } mask)
            DaemonProcess.SetFileMask(mask);
        using var output = new HeldOutput();
        using LogFile? file = settings.LogFile is { } path
            ? new LogFile(path, new LogFileOptions { Format = settings.LogFormat })
            : null;
        TwistedLog.Levels.SetLevel("", settings.LogLevel);
        using ILoggerFactory logging = TwistedLog.Start(
            file ?? (ILogObserver)new TextLogObserver(output, settings.LogFormat));
        using PidFile? pidFile = settings.PidFile is { } pid ? PidFile.Acquire(pid) : null;
        ILogger log = logging.CreateLogger("twistd");
        IReactor reactor = Reactor.Create(new ReactorOptions { Kind = kind, Logging = logging, HandleSignals = false });
        IService service = make(reactor, logging);
        Exception? failed = null;
        reactor.CallWhenRunning(() => Serve(reactor, service, identity, file, log).AddCallbacks(
            notifier =>
            {
                output.Release(service is ServerService { TakesOutput: true } ? Console.Error : Console.Out);
                notifier.Ready($"{service}");
                parent.Succeeded();
            },
            failure =>
            {
                failed = failure;
                reactor.Stop();
            }).Forget());
        reactor.Run();
        if (failed is not null)
            ExceptionDispatchInfo.Throw(failed); // with its stack, for the crash file
        ShutDown(log);
    }

    private async Deferred<ServiceNotifier> Serve(
        IReactor reactor, IService service, ProcessIdentity? identity, LogFile? file, ILogger log)
    {
        await service.PrivilegedStartService();
        identity?.Become();
        await service.StartService();
        var notifier = ServiceNotifier.FromEnvironment(reactor);
        Deferred? stopping = null;
        if (reactor is IReactorSignals signals)
        {
            signals.OnSignal(PosixSignal.SIGTERM, Stop);
            signals.OnSignal(PosixSignal.SIGINT, Stop);
            signals.OnSignal(PosixSignal.SIGHUP, Reload);
            signals.OnSignal((PosixSignal)Usr1, () => file?.Rotate());
        }
        Started(log, reactor.GetType().Name, Environment.Version);
        return notifier;

        void Reload()
        {
            notifier.Reloading();
            file?.Reopen();
            Reloaded(log);
            notifier.Ready($"{service}");
        }

        void Stop()
        {
            if (!reactor.IsRunning)
                return;
            if (stopping is not null)
            {
                StoppingNow(log);
                reactor.Stop();
                return;
            }
            Stopping(log, settings.DrainTimeout);
            notifier.Stopping("Connections may finish.");
            stopping = service.StopService();
            stopping.AddErrback(failure => StopFailed(log, failure)).AddCallback(() =>
            {
                if (reactor.IsRunning)
                    reactor.Stop();
            }).Forget();
        }
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

    [LoggerMessage(1514, LogLevel.Information, "Server Shut Down.")]
    private static partial void ShutDown(ILogger log);
}
