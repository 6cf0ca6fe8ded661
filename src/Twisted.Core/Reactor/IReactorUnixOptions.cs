namespace Twisted.Internet;

/// <summary>UNIX stream sockets with the less usual options. Reactor thread only. Asked for with <c>is</c>.</summary>
public interface IReactorUnixOptions
{
    /// <summary>Listens on a socket in the file system, or on an abstract name that starts with NUL.</summary>
    /// <param name="path">The path: 107 bytes of UTF-8 at the most.</param>
    /// <param name="factory">What builds the protocols.</param>
    /// <param name="options">How to listen.</param>
    /// <exception cref="CannotListenException">The path is taken, or cannot be made; the message says why.</exception>
    IListeningPort ListenUnix(string path, IProtocolFactory factory, UnixListenOptions options);

    /// <summary>Starts to connect to a UNIX socket. Success and failure are told to the factory.</summary>
    /// <param name="path">The path.</param>
    /// <param name="factory">What builds the protocol and hears of the connection's state.</param>
    /// <param name="options">How to connect.</param>
    IConnector ConnectUnix(string path, IClientFactory factory, UnixConnectOptions options);
}
