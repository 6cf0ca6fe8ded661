using System.Net;

namespace Twisted.Internet;

/// <summary>TCP, listening and connecting. Reactor thread only. Twisted: <c>IReactorTCP</c>.</summary>
public interface IReactorTcp
{
    /// <summary>Listens on a port at once; each connection gets a protocol from the factory.</summary>
    /// <param name="port">0 to 65535; 0 takes a free one, see <see cref="IListeningPort.Host"/>.</param>
    /// <param name="factory">What builds the protocols.</param>
    /// <param name="address">The local address, IPv4 or IPv6; empty for every IPv4 one, "::" for all.</param>
    /// <param name="backlog">How many connections the system may hold for us.</param>
    /// <exception cref="CannotListenException">The port cannot be had; the message says why.</exception>
    IListeningPort ListenTcp(int port, IProtocolFactory factory, string address = "", int backlog = 128);

    /// <summary>Starts to connect. Success and failure are told to the factory, never inside this call.</summary>
    /// <param name="host">A name, resolved anew for each attempt, or an address.</param>
    /// <param name="port">1 to 65535.</param>
    /// <param name="factory">What builds the protocol and hears of the connection's state.</param>
    /// <param name="timeout">How long to try; 30 seconds unless given.</param>
    /// <param name="bindAddress">The local address and port to connect from.</param>
    IConnector ConnectTcp(
        string host, int port, IClientFactory factory, TimeSpan? timeout = null, IPEndPoint? bindAddress = null);
}
