namespace Twisted.Internet;

/// <summary>
/// UNIX datagram sockets. Reactor thread only. Twisted: <c>IReactorUNIXDatagram</c>.
/// </summary>
public interface IReactorUnixDatagrams
{
    /// <summary>Opens a datagram socket in the file system, or with an abstract name that starts with NUL.</summary>
    /// <param name="path">The path: 107 bytes of UTF-8 at the most.</param>
    /// <param name="protocol">What hears the datagrams.</param>
    /// <param name="maxPacketSize">The longest datagram that is received whole, in bytes.</param>
    /// <param name="mode">Permissions of the socket file.</param>
    /// <exception cref="CannotListenException">The path is taken, or cannot be made; the message says why.</exception>
    IListeningPort ListenUnixDatagram(string path, IUnixDatagramProtocol protocol, int maxPacketSize = 8192,
        UnixFileMode mode = (UnixFileMode)0b110_110_110);

    /// <summary>Opens a datagram socket that talks to one peer.</summary>
    /// <param name="path">The peer's path.</param>
    /// <param name="protocol">What hears the datagrams.</param>
    /// <param name="bindPath">Our own path, so that the peer can answer; none unless given.</param>
    /// <param name="maxPacketSize">The longest datagram that is received whole, in bytes.</param>
    /// <exception cref="ConnectException">There is nobody at that path.</exception>
    /// <exception cref="CannotListenException">The own path cannot be had.</exception>
    IListeningPort ConnectUnixDatagram(
        string path, IUnixDatagramProtocol protocol, string? bindPath = null, int maxPacketSize = 8192);
}
