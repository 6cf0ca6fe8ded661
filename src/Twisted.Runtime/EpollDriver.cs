using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>The Linux driver: the epoll poller and its sockets.</summary>
internal sealed partial class EpollDriver(TimeProvider timeProvider) : SystemDriver(timeProvider)
{
    private readonly EpollPoller _poller = new();

    /// <summary>The sockets of a predecessor that no port was opened for yet; null without any.</summary>
    internal TakenOverPorts? TakenOver { get; set; }

    public override bool Poll(TimeSpan timeout) => _poller.Poll(timeout, Busy);

    public override void Wake() => _poller.Wake();

    internal override void WaitForWork(TimeSpan timeout) => _poller.Wait(timeout);

    public override IListenDriver Listen(IPEndPoint address, TcpListenOptions options) =>
        TakenOver?.TakeListener(address) is { } socket
            ? AdoptListener(socket)
            : EpollListener.Open(_poller, address, options);

    public override ISocketDriver Connect(EndPoint remote, EndPoint? bind) =>
        EpollSocket.Connect(_poller, (IPEndPoint)remote, (IPEndPoint?)bind);

    public override IDatagramDriver Bind(IPEndPoint address) =>
        TakenOver?.TakeDatagrams(address) is { } socket
            ? AdoptDatagrams(socket)
            : EpollDatagramSocket.Open(_poller, address, isShared: false);

    public override IDatagramDriver BindMulticast(IPEndPoint address, bool isShared)
    {
        EpollDatagramSocket socket = EpollDatagramSocket.Open(_poller, address, isShared);
        socket.HearOwnGroupsOnly();
        return socket;
    }

    public override IListenDriver ListenUnix(UnixDomainSocketEndPoint address, UnixListenOptions options) =>
        TakenOver?.TakeListener(address) is { } socket
            ? new EpollListener(
                _poller, AdoptedSocket.Listener(socket), UnixSocketFile.Inherit(address, options.LockFile))
            : EpollListener.Open(_poller, address, options);

    protected override ISocketDriver ConnectUnix(UnixDomainSocketEndPoint address) =>
        EpollUnixSocket.Connect(_poller, address);

    public override IDatagramDriver BindUnix(UnixDomainSocketEndPoint? address, UnixFileMode mode) =>
        EpollDatagramSocket.Open(_poller, address, mode);

    public override IListenDriver AdoptListener(SafeHandle socket) =>
        new EpollListener(_poller, AdoptedSocket.Listener(socket));

    public override ISocketDriver AdoptConnection(SafeHandle socket)
    {
        int fd = AdoptedSocket.Connection(socket, out EndPoint peer);
        return peer is IPEndPoint
            ? new EpollSocket(_poller, fd, peer, boundTo: null)
            : new EpollUnixSocket(_poller, fd, peer, boundTo: null);
    }

    public override IDatagramDriver AdoptDatagrams(SafeHandle socket) =>
        new EpollDatagramSocket(_poller, AdoptedSocket.Datagrams(socket));

    /// <summary>Watches a descriptor of somebody else's.</summary>
    internal IReadOnlyCollection<EpollWatch> Watches => _poller.Watches;

    internal IDisposable Watch(SafeHandle descriptor, Action? readable, Action? writable) =>
        new EpollWatch(_poller, descriptor, readable, writable);

    protected override void Release() => _poller.Dispose();
}
