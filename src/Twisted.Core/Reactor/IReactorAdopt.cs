using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>Sockets that somebody else has opened. Reactor thread only. Twisted: <c>IReactorSocket</c>.</summary>
public interface IReactorAdopt
{
    /// <summary>Takes over a listening stream socket.</summary>
    /// <param name="socket">The descriptor, ours from now on.</param>
    /// <param name="factory">What builds the protocols.</param>
    IListeningPort AdoptStreamPort(SafeHandle socket, IProtocolFactory factory);

    /// <summary>Takes over a connected stream socket.</summary>
    /// <param name="socket">The descriptor, ours from now on.</param>
    /// <param name="factory">What builds its protocol.</param>
    ITransport AdoptStreamConnection(SafeHandle socket, IProtocolFactory factory);

    /// <summary>Takes over a bound datagram socket.</summary>
    /// <param name="socket">The descriptor, ours from now on.</param>
    /// <param name="protocol">What hears the datagrams.</param>
    IListeningPort AdoptDatagramPort(SafeHandle socket, IDatagramProtocol protocol);
}
