using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// Makes reactors, and runs whole programs on one. There is no global reactor: make as many as you like.
/// </summary>
public static class Reactor
{
    /// <summary>A new reactor. It owns the thread that calls its Run, and its resources until Run returns.</summary>
    /// <param name="options">How; the defaults suit a program of its own.</param>
    /// <exception cref="PlatformNotSupportedException">This platform has no such reactor.</exception>
    public static IReactor Create(ReactorOptions? options = null)
    {
        // The layout of epoll_event, and the numbers in Interop, are those of x64.
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new PlatformNotSupportedException("This version has a reactor for Linux on x64 only (epoll).");
        return new EpollReactor(options ?? new ReactorOptions());
    }

    /// <summary>
    /// Runs a program: starts a reactor, calls, and stops when the Deferred fires. Twisted: <c>task.react</c>.
    /// </summary>
    /// <param name="main">The program. SIGINT and SIGTERM cancel it.</param>
    /// <param name="options">How to make the reactor.</param>
    /// <returns>The exit code: 0, or 1 when the program failed; the failure is logged.</returns>
    public static int Run(Func<IReactor, Deferred> main, ReactorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        return Run(reactor => main(reactor).AddCallback(() => 0), options);
    }

    /// <summary>Runs a program that gives its exit code.</summary>
    /// <param name="main">The program. SIGINT and SIGTERM cancel it.</param>
    /// <param name="options">How to make the reactor.</param>
    /// <returns>The exit code: what it gave, or 1 when it failed; the failure is logged.</returns>
    public static int Run(Func<IReactor, Deferred<int>> main, ReactorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(main);
        var reactor = (ReactorBase)Create(options);
        int exitCode = 0;
        bool stopping = false;
        reactor.CallWhenRunning(() =>
        {
            Deferred<int> program = Deferred.Try(() => main(reactor));
            Deferred ended = program.AddBoth(outcome =>
            {
                if (outcome.IsSuccess)
                    exitCode = outcome.Value;
                else if (!(stopping && outcome.Failure is OperationCanceledException))
                {
                    exitCode = 1;
                    reactor.Report(outcome.Failure!, "main");
                }
                reactor.StopIfRunning();
            });
            reactor.AddSystemEventTrigger(TriggerPhase.Before, SystemEvent.Shutdown, () =>
            {
                stopping = true;
                program.Cancel();
                return ended;
            });
        });
        reactor.Run();
        return exitCode;
    }
}
