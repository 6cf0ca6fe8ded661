using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>Level-triggered epoll, one table of sources by descriptor number, and an eventfd to be woken by.</summary>
internal sealed unsafe class EpollPoller : IDisposable
{
    private const int MostEvents = 256;

    private readonly byte[] _events = GC.AllocateArray<byte>(MostEvents * EpollEvent.MostBytes, pinned: true);
    private readonly WakeUp _wakeUp;
    private int _epoll;
    private EpollSource?[] _sources = new EpollSource?[64];
    private uint _generation;
    private int _reserve = -1;

    internal EpollPoller()
    {
        _epoll = Libc.EpollCreate(Linux.EPOLL_CLOEXEC);
        if (_epoll < 0)
            throw new IOException($"Cannot make an epoll descriptor: {Errno.LastFailure().Text}.");
        _wakeUp = new WakeUp(this);
        if (_wakeUp.Fd < 0)
            throw new IOException($"Cannot make a descriptor to be woken by: {Errno.LastFailure().Text}.");
        KeepReserve();
    }

    /// <summary>A reactor that is never run, or never ends, is collected with its descriptors.</summary>
    ~EpollPoller() => Dispose();

    /// <summary>Waits and raises the events.</summary>
    /// <returns>Whether there were any.</returns>
    internal bool Poll(TimeSpan timeout, BusyTime busy)
    {
        // Pinned for good: the address stays.
        var events = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_events));
        busy.BeginWait();
        int count = Libc.EpollWait(_epoll, events, MostEvents, PollTimeout.ToMilliseconds(timeout));
        busy.EndWait();
        for (int i = 0; i < count; i++)
        {
            byte* one = events + i * EpollEvent.Size;
            ulong data = EpollEvent.Data(one);
            int fd = (int)(uint)data;
            // An earlier event of this batch may have closed the descriptor, and even opened another of its number.
            if (_sources[fd] is { } source && source.Generation == (uint)(data >> 32))
                source.OnEvents(EpollEvent.Events(one));
        }
        return count > 0;
    }

    /// <summary>Waits until there are events, and leaves them. A thread that waits in the reactor's place.</summary>
    internal void Wait(TimeSpan timeout)
    {
        var epoll = new PollDescriptor { Fd = _epoll, Events = Linux.POLLIN };
        _ = Libc.Poll(&epoll, 1, PollTimeout.ToMilliseconds(timeout));
    }

    internal void Wake() => _wakeUp.Signal();

    /// <summary>The descriptors of somebody else's that are in it.</summary>
    internal HashSet<EpollWatch> Watches { get; } = [];

    internal bool TryWatch(EpollSource source, uint events)
    {
        int operation = events == 0 ? Linux.EPOLL_CTL_DEL
            : source.Watched == 0 ? Linux.EPOLL_CTL_ADD
            : Linux.EPOLL_CTL_MOD;
        EpollSource? other = null;
        if (operation == Linux.EPOLL_CTL_ADD)
            Enter(source, out other);
        byte* change = stackalloc byte[EpollEvent.MostBytes];
        EpollEvent.Write(change, events, ((ulong)source.Generation << 32) | (uint)source.Fd);
        if (Libc.EpollControl(_epoll, operation, source.Fd, change) != 0)
        {
            if (operation == Linux.EPOLL_CTL_ADD)
                _sources[source.Fd] = other; // a descriptor that is watched already stays with its source
            return false;
        }
        source.Watched = events;
        if (events == 0)
            _sources[source.Fd] = null;
        return true;
    }

    /// <summary>The descriptor is about to be closed, which takes it out of epoll by itself.</summary>
    internal void Forget(EpollSource source)
    {
        if (source.Watched != 0)
            _sources[source.Fd] = null;
        source.Watched = 0;
    }

    private void Enter(EpollSource source, out EpollSource? other)
    {
        if (source.Fd >= _sources.Length)
            Array.Resize(ref _sources, Math.Max(source.Fd + 1, _sources.Length * 2));
        other = _sources[source.Fd];
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

    /// <summary>Takes the reserve again if there is none and a descriptor is left.</summary>
    internal void KeepReserve()
    {
        if (_reserve < 0)
            _reserve = Libc.FileControl(_epoll, Linux.F_DUPFD_CLOEXEC, 0);
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _wakeUp?.Close();
        GiveUpReserve();
        if (_epoll < 0)
            return;
        _ = Libc.Close(_epoll);
        _epoll = -1; // the number may soon be somebody else's
    }

    /// <summary>The eventfd that other threads write to.</summary>
    private sealed class WakeUp : EpollSource
    {
        private readonly Lock _gate = new();

        internal WakeUp(EpollPoller poller)
            : base(poller, Libc.EventFd(0, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK)) => Watch(Linux.EPOLLIN);

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
