using System.Net;

namespace Twisted.Internet;

/// <summary>The Linux driver: the epoll poller and its sockets.</summary>
internal sealed partial class EpollDriver(TimeProvider timeProvider) : SystemDriver(timeProvider)
{
    private readonly EpollPoller _poller = new();

    public override bool Poll(TimeSpan timeout) => _poller.Poll(timeout);

    public override void Wake() => _poller.Wake();

    public override IListenDriver Listen(IPEndPoint address, TcpListenOptions options) =>
        EpollListener.Open(_poller, address, options);

    public override ISocketDriver Connect(EndPoint remote, EndPoint? bind) =>
        EpollSocket.Connect(_poller, (IPEndPoint)remote, (IPEndPoint?)bind);

    public override IDatagramDriver Bind(IPEndPoint address) => EpollDatagramSocket.Open(_poller, address);

    protected override void Release() => _poller.Dispose();
}
