namespace Twisted.Internet;

/// <summary>Connects to a UNIX socket. Twisted: <c>UNIXClientEndpoint</c>.</summary>
/// <param name="reactor">The reactor.</param>
/// <param name="path">Its path; an abstract name starts with NUL.</param>
public sealed class UnixClientEndpoint(IReactorUnix reactor, string path) : IStreamClientEndpoint
{
    /// <summary>How long to try; 30 seconds unless set.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether a living process must hold the lock; see <see cref="UnixConnectOptions.LockFile"/>.</summary>
    public bool LockFile { get; init; }

    /// <inheritdoc/>
    public Deferred<IProtocol> Connect(IProtocolFactory factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        return EndpointConnection.Start(factory, ConnectNow);
    }

    private IConnector ConnectNow(IClientFactory client)
    {
        if (!LockFile)
            return reactor.ConnectUnix(path, client, Timeout);
        if (reactor is not IReactorUnixOptions able)
            throw new NotSupportedException($"{reactor.GetType().Name} knows no lock files (no IReactorUnixOptions).");
        return able.ConnectUnix(path, client, new UnixConnectOptions { Timeout = Timeout, LockFile = true });
    }
}
