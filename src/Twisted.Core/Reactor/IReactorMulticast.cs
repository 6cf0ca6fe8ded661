namespace Twisted.Internet;

/// <summary>Multicast UDP. Reactor thread only. Twisted: <c>IReactorMulticast</c>.</summary>
public interface IReactorMulticast
{
    /// <summary>Opens a datagram port that can join groups.</summary>
    /// <param name="port">0 to 65535.</param>
    /// <param name="protocol">What hears the datagrams.</param>
    /// <param name="address">The local address.</param>
    /// <param name="listenMultiple">Whether other programs may open the same port.</param>
    IListeningPort ListenMulticast(
        int port, IDatagramProtocol protocol, string address = "", bool listenMultiple = false);
}
