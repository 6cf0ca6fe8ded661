using System.Net;

namespace Twisted.Internet;

/// <summary>
/// The driver over .NET's own sockets, for every system that has them: a completion tells that something can be done,
/// the reactor's thread then does it without blocking.
/// </summary>
internal sealed partial class PortableDriver(TimeProvider timeProvider) : SystemDriver(timeProvider)
{
    private readonly CompletionQueue _queue = new();
    private readonly DescriptorReserve _reserve = new(timeProvider);

    public override bool Poll(TimeSpan timeout) => _queue.Poll(timeout);

    public override void Wake() => _queue.Wake();

    public override IListenDriver Listen(IPEndPoint address, TcpListenOptions options) =>
        PortableListener.Open(_queue, _reserve, address, options);

    public override ISocketDriver Connect(EndPoint remote, EndPoint? bind) =>
        PortableSocket.Connect(_queue, (IPEndPoint)remote, (IPEndPoint?)bind);

    public override IDatagramDriver Bind(IPEndPoint address) => PortableDatagramSocket.Open(_queue, address);

    protected override void Release()
    {
        _queue.Close();
        _reserve.Dispose();
    }
}
