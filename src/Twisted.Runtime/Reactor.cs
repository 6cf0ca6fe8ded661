using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// Makes reactors, and runs whole programs on one. There is no global reactor: make as many as you like.
/// </summary>
public static class Reactor
{
    /// <summary>A new reactor. It owns the thread that calls its Run, and its resources until Run returns.</summary>
    /// <param name="options">How; the defaults suit a program of its own.</param>
    /// <exception cref="PlatformNotSupportedException">Epoll was asked for and this is no Linux.</exception>
    public static IReactor Create(ReactorOptions? options = null)
    {
        options ??= new ReactorOptions();
        ReactorBase reactor = Make(options);
        if (options.StallThreshold is { } threshold)
            reactor.WatchStalls(threshold, ProcessorTime.OfThisThread, options.Stalled);
        if (options.Hosts is { } hosts)
            reactor.InstallNameResolver(new HostsNameResolver(hosts, reactor.NameResolver));
        return reactor;
    }

    /// <summary>
    /// How many descriptors this process may have open, sockets and files together: the soft limit, as <c>ulimit -n</c>
    /// shows it. Null where the system has none or does not tell. Any thread.
    /// </summary>
    public static int? DescriptorLimit => SpareDescriptors.Limit;

    // The layouts and the numbers in Interop are those of these two.
    private static bool HasEpoll => OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

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

    private static SystemReactor Make(ReactorOptions options)
    {
        bool isEpoll = options.Kind switch
        {
            ReactorKind.Automatic => HasEpoll,
            ReactorKind.Epoll when HasEpoll => true,
            ReactorKind.Epoll => throw new PlatformNotSupportedException(
                "There is no epoll here, only on Linux (x64, arm64). Use ReactorKind.Portable, or Automatic."),
            ReactorKind.Portable => false,
            _ => throw new ArgumentOutOfRangeException(
                nameof(options), options.Kind, "Use Automatic, Epoll or Portable."),
        };
        if (options.HostLoop is { } host)
        {
            return new HostedReactor(options, host,
                isEpoll ? new EpollDriver(options.TimeProvider) : new PortableDriver(options.TimeProvider));
        }
        return isEpoll ? new EpollReactor(options) : new PortableReactor(options);
    }
}
