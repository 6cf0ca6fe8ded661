using System.Net;

namespace Twisted.Internet;

/// <summary>Hears and sends datagrams: override what you want to hear of. Twisted: <c>DatagramProtocol</c>.</summary>
public abstract class DatagramProtocol : IDatagramProtocol
{
    private IDatagramTransport? _transport;

    /// <summary>The port. There from <see cref="StartProtocol"/> on.</summary>
    /// <exception cref="InvalidOperationException">The port is not open yet.</exception>
    public IDatagramTransport Transport =>
        _transport ?? throw new InvalidOperationException("This protocol has no port yet.");

    void IDatagramProtocol.MakeConnection(IDatagramTransport transport)
    {
        _transport = transport;
        StartProtocol();
    }

    void IDatagramProtocol.DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) => DatagramReceived(data, from);

    void IDatagramProtocol.ConnectionRefused() => ConnectionRefused();

    void IDatagramProtocol.DoStop() => StopProtocol();

    /// <summary>The port is open.</summary>
    protected virtual void StartProtocol() { }

    /// <summary>One datagram has come.</summary>
    /// <param name="data">Its bytes: yours only until you return.</param>
    /// <param name="from">Who sent it.</param>
    protected virtual void DatagramReceived(ReadOnlySpan<byte> data, IPEndPoint from) { }

    /// <summary>The connected peer refused a datagram; the port stays open.</summary>
    protected virtual void ConnectionRefused() { }

    /// <summary>The port is closed.</summary>
    protected virtual void StopProtocol() { }
}
