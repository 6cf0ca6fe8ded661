namespace Twisted.Internet;

/// <summary>Listening with the less usual options. Reactor thread only. Asked for with <c>is</c>.</summary>
public interface IReactorTcpOptions
{
    /// <summary>Listens on a port at once.</summary>
    /// <param name="port">0 to 65535; 0 takes a free one.</param>
    /// <param name="factory">What builds the protocols.</param>
    /// <param name="options">How to listen.</param>
    /// <exception cref="CannotListenException">The port cannot be had.</exception>
    IListeningPort ListenTcp(int port, IProtocolFactory factory, TcpListenOptions options);
}
