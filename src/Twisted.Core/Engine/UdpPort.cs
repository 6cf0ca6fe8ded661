using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>A UDP port.</summary>
internal class UdpPort(
    ReactorBase reactor, Func<IDatagramDriver> open, IDatagramProtocol protocol, int maxPacketSize)
    : DatagramPort(reactor, open, maxPacketSize), IDatagramTransport, IUdpTransport
{
    private IPEndPoint? _peer;
    private AddressFamily _family;

    protected override object Owner => protocol;

    /// <summary>The socket with its settings; null while the port is closed.</summary>
    protected IUdpSocket? Udp => Socket as IUdpSocket;

    public bool BroadcastAllowed
    {
        get => Udp?.BroadcastAllowed ?? false;
        set => Udp?.BroadcastAllowed = value;
    }

    public void Write(ReadOnlySpan<byte> data, IPEndPoint peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (_peer is null)
        {
            EnsureFamily(peer);
            Send(data, peer);
        }
        else if (_peer.Equals(peer))
            Send(data, null);
        else
            throw new InvalidOperationException($"This port is connected to {_peer}: it cannot write to {peer}.");
    }

    public void Write(ReadOnlySpan<byte> data)
    {
        if (_peer is null)
            throw new InvalidOperationException("This port is not connected: name the peer, or call Connect first.");
        Send(data, null);
    }

    public void Connect(IPEndPoint peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (_peer is not null)
            throw new InvalidOperationException($"This port is connected to {_peer} already.");
        EnsureFamily(peer);
        _ = Socket?.Connect(peer); // without a way to it, what is sent gets lost, as datagrams may
        _peer = peer;
    }

    public T? Get<T>() where T : class =>
        typeof(T) == typeof(IUdpTransport) && Udp is null ? null : this as T ?? Socket as T;

    protected override void Begin()
    {
        _peer = null; // opened again, it is a new socket
        _family = Host.AddressFamily;
        protocol.MakeConnection(this);
    }

    protected override void Deliver(ReadOnlySpan<byte> data, EndPoint? from) =>
        protocol.DatagramReceived(data, (IPEndPoint?)from ?? _peer!);

    protected override void Refuse() => protocol.ConnectionRefused();

    protected override void Stop() => protocol.DoStop();

    private void EnsureFamily(IPEndPoint peer)
    {
        if (peer.AddressFamily == _family)
            return;
        string advice = _family == AddressFamily.InterNetworkV6
            ? "Write IPv4 addresses as IPv6 (MapToIPv6)."
            : "Open the port with an IPv6 address, such as \"::\".";
        throw new ArgumentException($"The port {Host} cannot reach {peer}, an address of another family. {advice}");
    }
}
