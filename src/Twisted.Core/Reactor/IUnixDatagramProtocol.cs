namespace Twisted.Internet;

/// <summary>
/// Hears datagrams of a UNIX socket. Users derive from UnixDatagramProtocol. Twisted: <c>DatagramProtocol</c> and
/// <c>ConnectedDatagramProtocol</c>.
/// </summary>
public interface IUnixDatagramProtocol
{
    /// <summary>The port is open.</summary>
    /// <param name="transport">The port.</param>
    void MakeConnection(IUnixDatagramTransport transport);

    /// <summary>One datagram has come.</summary>
    /// <param name="data">Its bytes: yours only until you return.</param>
    /// <param name="from">Who sent it; null when the sender has no path, so that it cannot be answered.</param>
    void DatagramReceived(ReadOnlySpan<byte> data, string? from);

    /// <summary>Nobody was there for a datagram. The port stays open.</summary>
    void ConnectionRefused();

    /// <summary>The port is closed.</summary>
    void DoStop();
}
