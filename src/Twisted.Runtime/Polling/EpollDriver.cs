using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// The Linux driver: level-triggered epoll, one table of sources by descriptor number, an eventfd to be woken by.
/// </summary>
internal sealed unsafe class EpollDriver : IReactorDriver
{
    private const int MostEvents = 256;

    private readonly EpollEvent[] _events = GC.AllocateArray<EpollEvent>(MostEvents, pinned: true);
    private readonly ReactorThreadPool _threads = new();
    private readonly WakeUp _wakeUp;
    private readonly int _epoll;
    private EpollSource?[] _sources = new EpollSource?[64];
    private uint _generation;
    private int _reserve;

    internal EpollDriver(TimeProvider timeProvider)
    {
        TimeProvider = timeProvider;
        _epoll = Libc.EpollCreate(Linux.EPOLL_CLOEXEC);
        if (_epoll < 0)
            throw new IOException($"Cannot make an epoll descriptor: {Errno.LastFailure().Text}.");
        _wakeUp = new WakeUp(this);
        TakeReserve();
    }

    ~EpollDriver() => Dispose();

    public TimeProvider TimeProvider { get; }

    public bool Poll(TimeSpan timeout)
    {
        int count;
        fixed (EpollEvent* events = _events)
            count = Libc.EpollWait(_epoll, events, MostEvents, Milliseconds(timeout));
        for (int i = 0; i < count; i++)
        {
            ulong data = _events[i].Data;
            int fd = (int)(uint)data;
            // An earlier event of this batch may have closed the descriptor, and even opened another of its number.
            if (_sources[fd] is { } source && source.Generation == (uint)(data >> 32))
                source.OnEvents(_events[i].Events);
        }
        return count > 0;
    }

    /// <summary>Up: a millisecond too early is a loop that goes round until the time has come.</summary>
    private static int Milliseconds(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return -1;
        long milliseconds = (timeout.Ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return (int)Math.Min(milliseconds, int.MaxValue);
    }

    public void Wake() => _wakeUp.Signal();

    internal void Watch(EpollSource source, uint events)
    {
        int operation = events == 0 ? Linux.EPOLL_CTL_DEL
            : source.Watched == 0 ? Linux.EPOLL_CTL_ADD
            : Linux.EPOLL_CTL_MOD;
        if (operation == Linux.EPOLL_CTL_ADD)
            Enter(source);
        var change = new EpollEvent { Events = events, Data = ((ulong)source.Generation << 32) | (uint)source.Fd };
        if (Libc.EpollControl(_epoll, operation, source.Fd, &change) != 0)
            throw new IOException($"Cannot watch descriptor {source.Fd}: {Errno.LastFailure().Text}.");
        source.Watched = events;
        if (events == 0)
            _sources[source.Fd] = null;
    }

    /// <summary>The descriptor is about to be closed, which takes it out of epoll by itself.</summary>
    internal void Forget(EpollSource source)
    {
        if (source.Watched != 0)
            _sources[source.Fd] = null;
        source.Watched = 0;
    }

    private void Enter(EpollSource source)
    {
        if (source.Fd >= _sources.Length)
            Array.Resize(ref _sources, Math.Max(source.Fd + 1, _sources.Length * 2));
        source.Generation = ++_generation;
        _sources[source.Fd] = source;
    }

    /// <summary>One descriptor is kept in reserve, to accept and close a client with when there is no other.</summary>
    internal bool GiveUpReserve()
    {
        if (_reserve < 0)
            return false;
        _ = Libc.Close(_reserve);
        _reserve = -1;
        return true;
    }

    internal void TakeReserve() => _reserve = Libc.FileControl(_epoll, Linux.F_DUPFD_CLOEXEC, 0);

    public IListenDriver Listen(IPEndPoint address, ListenOptions options) =>
        EpollListener.Open(this, address, options);

    public ISocketDriver Connect(EndPoint remote, EndPoint? bind) =>
        EpollSocket.Connect(this, (IPEndPoint)remote, (IPEndPoint?)bind);

    public IDatagramDriver Bind(IPEndPoint address) => EpollDatagramSocket.Open(this, address);

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

    public void StartThread(Action work) => new Thread(() => work()) { Name = "reactor", IsBackground = true }.Start();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _threads.Stop();
        _wakeUp?.Close();
        GiveUpReserve();
        if (_epoll > 0)
            _ = Libc.Close(_epoll);
    }

    /// <summary>The eventfd that other threads write to.</summary>
    private sealed class WakeUp : EpollSource
    {
        private readonly Lock _gate = new();

        internal WakeUp(EpollDriver driver)
            : base(driver, Libc.EventFd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK)) => Watch(Linux.EPOLLIN);

        /// <summary>Any thread: the lock keeps the number from being closed, and reused, under the write.</summary>
        internal void Signal()
        {
            ulong one = 1;
            lock (_gate)
            {
                if (Fd >= 0)
                    _ = Libc.Write(Fd, &one, sizeof(ulong));
            }
        }

        internal void Close()
        {
            lock (_gate)
                CloseDescriptor();
        }

        internal override void OnEvents(uint events)
        {
            ulong count;
            _ = Libc.Read(Fd, &count, sizeof(ulong));
        }
    }
}
