using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>What every driver of a real operating system does alike: threads, and names.</summary>
internal abstract class SystemDriver(TimeProvider timeProvider) : IReactorDriver
{
    private readonly ReactorThreadPool _threads = new();
    private readonly ReactorThreadPool _lookups = new("reactor names") { Size = 8 };

    public TimeProvider TimeProvider { get; } = timeProvider;

    public abstract bool Poll(TimeSpan timeout);

    public abstract void Wake();

    public abstract IListenDriver Listen(IPEndPoint address, TcpListenOptions options);

    public abstract ISocketDriver Connect(EndPoint remote, EndPoint? bind);

    public abstract IDatagramDriver Bind(IPEndPoint address);

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

    public void RunLookup(Action work) => _lookups.Run(work);

    public void RunInThread(Action work) => _threads.Run(work);

    public void SetThreadPoolSize(int size) => _threads.Size = size;

    public void StartThread(Action work) =>
        new Thread(() => work()) { Name = "reactor", IsBackground = true }.Start();

    public void Dispose()
    {
        _threads.Stop();
        _lookups.Stop();
        Release();
    }

    /// <summary>The loop has ended: gives back what the system lent.</summary>
    protected abstract void Release();
}
