using System.Net;

namespace Twisted.Internet;

/// <summary>Hears datagrams. Users derive from DatagramProtocol. Twisted: <c>AbstractDatagramProtocol</c>.</summary>
public interface IDatagramProtocol
{
    /// <summary>The port is open.</summary>
    /// <param name="transport">The port.</param>
    void MakeConnection(IDatagramTransport transport);

    /// <summary>One datagram has come.</summary>
    /// <param name="data">Its bytes: yours only until you return.</param>
    /// <param name="from">Who sent it.</param>
    void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from);

    /// <summary>The connected peer refused a datagram. The port stays open.</summary>
    void ConnectionRefused();

    /// <summary>The port is closed.</summary>
    void DoStop();
}
