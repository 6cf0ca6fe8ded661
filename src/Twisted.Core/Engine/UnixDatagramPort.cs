using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>A UNIX datagram port; with a peer it talks to that one only.</summary>
internal sealed class UnixDatagramPort(
    ReactorBase reactor, Func<IDatagramDriver> open, IUnixDatagramProtocol protocol, int maxPacketSize,
    UnixDomainSocketEndPoint? peer)
    : DatagramPort(reactor, open, maxPacketSize), IUnixDatagramTransport
{
    protected override object Owner => protocol;

    public void Write(ReadOnlySpan<byte> data, string path)
    {
        UnixDomainSocketEndPoint to = UnixPath.Parse(path);
        if (peer is not null && !peer.Equals(to))
            throw new InvalidOperationException($"This port is connected to {peer}: it cannot write to {to}.");
        Send(data, peer is null ? to : null);
    }

    public void Write(ReadOnlySpan<byte> data)
    {
        if (peer is null)
            throw new InvalidOperationException("This port is not connected: name the receiver's path.");
        Send(data, null);
    }

    public T? Get<T>() where T : class => this as T ?? Socket as T;

    protected override void Begin()
    {
        if (peer is not null && !Socket!.Connect(peer))
            throw FailureText.Connecting(Socket.Failure);
        protocol.MakeConnection(this);
    }

    protected override void Deliver(ReadOnlySpan<byte> data, EndPoint? from) =>
        protocol.DatagramReceived(data, UnixPath.Text(from));

    protected override void Refuse() => protocol.ConnectionRefused();

    protected override void Stop() => protocol.DoStop();
}
