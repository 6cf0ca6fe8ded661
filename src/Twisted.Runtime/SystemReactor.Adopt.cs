using System.Runtime.InteropServices;

namespace Twisted.Internet;

// Sockets that somebody else has opened.
internal partial class SystemReactor : IReactorAdopt
{
    public IListeningPort AdoptStreamPort(SafeHandle socket, IProtocolFactory factory)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(factory);
        var listening = new ListeningPort(this, Once(_system.AdoptListener(socket)), factory);
        listening.StartListening();
        return listening;
    }

    public ITransport AdoptStreamConnection(SafeHandle socket, IProtocolFactory factory)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(factory);
        ISocketDriver connection = _system.AdoptConnection(socket);
        IProtocol? protocol;
        try
        {
            protocol = factory.BuildProtocol(connection.Peer);
        }
        catch
        {
            connection.Close(abort: false);
            throw;
        }
        if (protocol is null)
        {
            connection.Close(abort: false);
            throw new NoProtocolException();
        }
        var transport = new StreamTransport(this, connection, new AdoptedOwner(this));
        transport.Start(protocol);
        return transport;
    }

    public IListeningPort AdoptDatagramPort(SafeHandle socket, IDatagramProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(socket);
        ArgumentNullException.ThrowIfNull(protocol);
        var datagrams = new UdpPort(this, Once(_system.AdoptDatagrams(socket)), protocol, DefaultPacketSize);
        datagrams.StartListening();
        return datagrams;
    }

    /// <summary>Nobody knows how to open it a second time.</summary>
    private static Func<T> Once<T>(T adopted) where T : class
    {
        T? left = adopted;
        return () => Interlocked.Exchange(ref left, null) ?? throw new CannotListenException(
            "Couldn't listen again: an adopted socket is gone when its port has stopped. Adopt another one.");
    }
}
