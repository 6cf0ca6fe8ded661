using System.Net;

namespace Twisted.Internet;

// Groups.
internal partial class SystemReactor : IReactorMulticast
{
    /// <summary>The longest datagram of a group, as everywhere unless it is said otherwise.</summary>
    private const int DefaultPacketSize = 8192;

    public IListeningPort ListenMulticast(
        int port, IDatagramProtocol protocol, string address = "", bool listenMultiple = false)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        IPEndPoint local = LocalAddress(port, address);
        var datagrams = new MulticastPort(this,
            () => _system.BindMulticast(local, listenMultiple), protocol, DefaultPacketSize);
        datagrams.StartListening();
        return datagrams;
    }
}
