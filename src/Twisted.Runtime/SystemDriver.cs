using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>What every driver of a real operating system does alike: threads, and names.</summary>
internal abstract partial class SystemDriver(TimeProvider timeProvider)
    : IReactorDriver, IUnixDriver, IMulticastDriver, IAdoptDriver
{
    private readonly ReactorThreadPool _threads = new();
    private readonly ReactorThreadPool _lookups = new("reactor names") { Size = 8 };

    public TimeProvider TimeProvider { get; } = timeProvider;

    public BusyTime Busy { get; } = new(timeProvider, ReactorMeter.BusyTime);

    public abstract bool Poll(TimeSpan timeout);

    public abstract void Wake();

    /// <summary>Waits until a poll would raise something. One thread besides the reactor's.</summary>
    internal abstract void WaitForWork(TimeSpan timeout);

    /// <summary>Whether a poll would raise something that <see cref="WaitForWork"/> does not know.</summary>
    internal virtual bool HasWork => false;

    public abstract IListenDriver Listen(IPEndPoint address, TcpListenOptions options);

    public abstract ISocketDriver Connect(EndPoint remote, EndPoint? bind);

    public abstract IDatagramDriver Bind(IPEndPoint address);

    public abstract IDatagramDriver BindMulticast(IPEndPoint address, bool isShared);

    public abstract IListenDriver ListenUnix(UnixDomainSocketEndPoint address, UnixListenOptions options);

    public ISocketDriver ConnectUnix(UnixDomainSocketEndPoint address, bool checksLock)
    {
        if (checksLock && !LockLink.IsHeld(UnixSocketFile.LockOf(UnixPath.Text(address)!)))
            throw new ConnectFailedException(
                $"Nobody serves {address}: no living process holds its lock file. Start the server first.");
        return ConnectUnix(address);
    }

    public abstract IDatagramDriver BindUnix(UnixDomainSocketEndPoint? address, UnixFileMode mode);

    public abstract IListenDriver AdoptListener(SafeHandle socket);

    public abstract ISocketDriver AdoptConnection(SafeHandle socket);

    public abstract IDatagramDriver AdoptDatagrams(SafeHandle socket);

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

    protected abstract ISocketDriver ConnectUnix(UnixDomainSocketEndPoint address);

    /// <summary>The loop has ended: gives back what the system lent.</summary>
    protected abstract void Release();
}
