namespace Twisted.Internet;

/// <summary>UDP. Reactor thread only. Twisted: <c>IReactorUDP</c>.</summary>
public interface IReactorUdp
{
    /// <summary>Opens a datagram port.</summary>
    /// <param name="port">0 to 65535; 0 takes a free one.</param>
    /// <param name="protocol">What hears the datagrams.</param>
    /// <param name="address">The local address; empty for every IPv4 one.</param>
    /// <param name="maxPacketSize">The longest datagram that is received whole, in bytes.</param>
    /// <exception cref="CannotListenException">The port cannot be had.</exception>
    IListeningPort ListenUdp(int port, IDatagramProtocol protocol, string address = "", int maxPacketSize = 8192);
}
