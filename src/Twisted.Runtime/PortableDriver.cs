using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// The driver over .NET's own sockets, for every system that has them: a completion tells that something can be done,
/// the reactor's thread then does it without blocking.
/// </summary>
internal sealed partial class PortableDriver(TimeProvider timeProvider) : SystemDriver(timeProvider)
{
    private readonly CompletionQueue _queue = new();

    public override bool Poll(TimeSpan timeout) => _queue.Poll(timeout, Busy);

    public override void Wake() => _queue.Wake();

    internal override void WaitForWork(TimeSpan timeout) => _queue.Wait(timeout);

    internal override bool HasWork => _queue.HasReady;

    public override IListenDriver Listen(IPEndPoint address, TcpListenOptions options) =>
        PortableListener.Open(_queue, address, options);

    public override ISocketDriver Connect(EndPoint remote, EndPoint? bind) =>
        PortableSocket.Connect(_queue, (IPEndPoint)remote, (IPEndPoint?)bind);

    public override IDatagramDriver Bind(IPEndPoint address) =>
        PortableDatagramSocket.Open(_queue, address, isShared: false);

    public override IDatagramDriver BindMulticast(IPEndPoint address, bool isShared)
    {
        PortableDatagramSocket socket = PortableDatagramSocket.Open(_queue, address, isShared);
        socket.HearOwnGroupsOnly();
        return socket;
    }

    public override IListenDriver ListenUnix(UnixDomainSocketEndPoint address, UnixListenOptions options) =>
        PortableListener.Open(_queue, address, options);

    protected override ISocketDriver ConnectUnix(UnixDomainSocketEndPoint address) =>
        PortableSocket.Connect(_queue, address, bind: null);

    public override IDatagramDriver BindUnix(UnixDomainSocketEndPoint? address, UnixFileMode mode) =>
        PortableDatagramSocket.Open(_queue, address, mode);

    public override IListenDriver AdoptListener(SafeHandle socket) =>
        new PortableListener(_queue, PortableAdoption.Listener(socket));

    public override ISocketDriver AdoptConnection(SafeHandle socket) =>
        PortableSocket.Accepted(_queue, PortableAdoption.Connection(socket));

    public override IDatagramDriver AdoptDatagrams(SafeHandle socket) =>
        new PortableDatagramSocket(_queue, PortableAdoption.Datagrams(socket));

    protected override void Release() => _queue.Close();
}
