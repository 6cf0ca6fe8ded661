namespace Twisted.Internet;

/// <summary>A descriptor in the poller's table.</summary>
internal abstract class EpollSource(EpollPoller poller, int fd)
{
    /// <summary>The descriptor; -1 when it is closed.</summary>
    internal int Fd { get; private set; } = fd;

    /// <summary>What epoll was told to watch; 0 when it does not know the descriptor.</summary>
    internal uint Watched { get; set; }

    /// <summary>Tells this use of a descriptor's number from earlier ones.</summary>
    internal uint Generation { get; set; }

    protected EpollPoller Poller => poller;

    /// <summary>The poller says that something is ready.</summary>
    internal abstract void OnEvents(uint events);

    /// <summary>Tells epoll what to watch.</summary>
    /// <returns>False when it cannot (too many watches, no memory): errno says why.</returns>
    protected bool TryWatch(uint events) => Fd < 0 || events == Watched || poller.TryWatch(this, events);

    protected void Watch(uint events)
    {
        if (!TryWatch(events))
            throw new IOException($"Cannot watch descriptor {Fd}: {Errno.LastFailure().Text}.");
    }

    protected void CloseDescriptor()
    {
        if (Fd < 0)
            return;
        poller.Forget(this);
        _ = Libc.Close(Fd);
        Fd = -1;
    }
}
