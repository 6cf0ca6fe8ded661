namespace Twisted.Internet;

/// <summary>Listens on a UNIX socket. Twisted: <c>UNIXServerEndpoint</c>.</summary>
/// <param name="reactor">The reactor.</param>
/// <param name="path">Its path; an abstract name starts with NUL.</param>
public sealed class UnixServerEndpoint(IReactorUnix reactor, string path) : IStreamServerEndpoint
{
    private static readonly UnixListenOptions Defaults = new();

    /// <summary>Permissions of the socket file: 0666 unless set.</summary>
    public UnixFileMode Mode { get; init; } = Defaults.Mode;

    /// <summary>Connections that the system may hold for us.</summary>
    public int Backlog { get; init; } = Defaults.Backlog;

    /// <summary>Whether a lock file guards the socket; see <see cref="UnixListenOptions.LockFile"/>.</summary>
    public bool LockFile { get; init; }

    /// <inheritdoc/>
    public Deferred<IListeningPort> Listen(IProtocolFactory factory) =>
        Deferred.Try(() => Deferred.Succeed(ListenNow(factory)));

    private IListeningPort ListenNow(IProtocolFactory factory)
    {
        if (Backlog == Defaults.Backlog)
            return reactor.ListenUnix(path, factory, Mode, LockFile);
        if (reactor is not IReactorUnixOptions able)
            throw new NotSupportedException($"{reactor.GetType().Name} has one backlog only (no IReactorUnixOptions).");
        return able.ListenUnix(path, factory,
            new UnixListenOptions { Mode = Mode, Backlog = Backlog, LockFile = LockFile });
    }
}
