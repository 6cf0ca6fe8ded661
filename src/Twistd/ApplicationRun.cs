using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Daemon;

/// <summary>The life of a server process, from its first file to its last line in the log.</summary>
/// <remarks>
/// The order is Twisted's: folder, file mask, log, pid file, ports and what else needs rights, the rights given up,
/// the rest of the start, ready; from the pid file on it is <see cref="ApplicationLife"/>'s.
/// </remarks>
/// <param name="settings">How to run.</param>
/// <param name="reread">What the settings would be if it were started now.</param>
/// <param name="make">Makes what is run; its text is its status for the manager of services.</param>
internal sealed partial class ApplicationRun(
    TwistdSettings settings, Func<TwistdSettings> reread, Func<IReactor, ILoggerFactory, IService> make)
{
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
        ILogger log = logging.CreateLogger("twistd");
        IReactor reactor = Reactor.Create(new ReactorOptions { Kind = kind, Logging = logging, HandleSignals = false });
        IService service = make(reactor, logging);
        using var life = new ApplicationLife(settings, reread, reactor, service, file, log);
        Exception? failed = null;
        bool serves = false;
        reactor.CallWhenRunning(() => life.Serve(identity).AddCallbacks(
            () =>
            {
                serves = true;
                output.Release(service is ServerService { TakesOutput: true } ? Console.Error : Console.Out);
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
        if (!serves)
            throw new IOException("It was told to stop before it served.");
        ShutDown(log);
    }

    [LoggerMessage(1514, LogLevel.Information, "Server Shut Down.")]
    private static partial void ShutDown(ILogger log);
}
