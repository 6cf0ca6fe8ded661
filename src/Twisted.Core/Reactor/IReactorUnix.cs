namespace Twisted.Internet;

/// <summary>UNIX stream sockets. Reactor thread only. Twisted: <c>IReactorUNIX</c>.</summary>
public interface IReactorUnix
{
    /// <summary>Listens on a socket in the file system, or on an abstract name that starts with NUL.</summary>
    /// <param name="path">The path.</param>
    /// <param name="factory">What builds the protocols.</param>
    /// <param name="mode">Permissions of the socket file, set after binding.</param>
    /// <param name="lockFile">Whether a lock file guards the socket, so that a stale one can be removed.</param>
    IListeningPort ListenUnix(
        string path, IProtocolFactory factory, UnixFileMode mode = (UnixFileMode)0b110_110_110, bool lockFile = false);

    /// <summary>Starts to connect to a UNIX socket.</summary>
    /// <param name="path">The path.</param>
    /// <param name="factory">What builds the protocol.</param>
    /// <param name="timeout">How long to try; 30 seconds unless given.</param>
    IConnector ConnectUnix(string path, IClientFactory factory, TimeSpan? timeout = null);
}
