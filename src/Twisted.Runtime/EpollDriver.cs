using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>The Linux driver: the epoll poller with the sockets, threads and names that a reactor needs.</summary>
internal sealed class EpollDriver : IReactorDriver
{
    private readonly EpollPoller _poller = new();
    private readonly ReactorThreadPool _threads = new();

    internal EpollDriver(TimeProvider timeProvider) => TimeProvider = timeProvider;

    public TimeProvider TimeProvider { get; }

    public bool Poll(TimeSpan timeout) => _poller.Poll(timeout);

    public void Wake() => _poller.Wake();

    public IListenDriver Listen(IPEndPoint address, TcpListenOptions options) =>
        EpollListener.Open(_poller, address, options);

    public ISocketDriver Connect(EndPoint remote, EndPoint? bind) =>
        EpollSocket.Connect(_poller, (IPEndPoint)remote, (IPEndPoint?)bind);

    public IDatagramDriver Bind(IPEndPoint address) => EpollDatagramSocket.Open(_poller, address);

    public IReadOnlyList<IPAddress> Resolve(string host)
    {
        try
        {
            return Dns.GetHostAddresses(host);
        }
        catch (SocketException failure)
        {
            throw new DnsLookupException($"DNS lookup failed: {host}: {failure.Message}.", failure);
        }
    }

    public void RunInThread(Action work) => _threads.Run(work);

    public void SetThreadPoolSize(int size) => _threads.Size = size;

    public void StartThread(Action work) =>
        new Thread(() => work()) { Name = "reactor", IsBackground = true }.Start();

    public void Dispose()
    {
        _threads.Stop();
        _poller.Dispose();
    }
}
