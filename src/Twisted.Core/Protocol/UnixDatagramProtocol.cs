namespace Twisted.Internet;

/// <summary>Hears and sends datagrams of a UNIX socket: override what you want to hear of.</summary>
public abstract class UnixDatagramProtocol : IUnixDatagramProtocol
{
    private IUnixDatagramTransport? _transport;

    /// <summary>The port. There from <see cref="StartProtocol"/> on.</summary>
    /// <exception cref="InvalidOperationException">The port is not open yet.</exception>
    public IUnixDatagramTransport Transport =>
        _transport ?? throw new InvalidOperationException("This protocol has no port yet.");

    void IUnixDatagramProtocol.MakeConnection(IUnixDatagramTransport transport)
    {
        _transport = transport;
        StartProtocol();
    }

    void IUnixDatagramProtocol.DatagramReceived(ReadOnlySpan<byte> data, string? from) => DatagramReceived(data, from);

    void IUnixDatagramProtocol.ConnectionRefused() => ConnectionRefused();

    void IUnixDatagramProtocol.DoStop() => StopProtocol();

    /// <summary>The port is open.</summary>
    protected virtual void StartProtocol() { }

    /// <summary>One datagram has come.</summary>
    /// <param name="data">Its bytes: yours only until you return.</param>
    /// <param name="from">Who sent it; null when the sender has no path.</param>
    protected virtual void DatagramReceived(ReadOnlySpan<byte> data, string? from) { }

    /// <summary>Nobody was there for a datagram; the port stays open.</summary>
    protected virtual void ConnectionRefused() { }

    /// <summary>The port is closed.</summary>
    protected virtual void StopProtocol() { }
}
