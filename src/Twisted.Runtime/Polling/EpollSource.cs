namespace Twisted.Internet;

/// <summary>A descriptor in the poller's table.</summary>
internal abstract class EpollSource(EpollDriver driver, int fd)
{
    /// <summary>The descriptor; -1 when it is closed.</summary>
    internal int Fd { get; private set; } = fd;

    /// <summary>What epoll was told to watch; 0 when it does not know the descriptor.</summary>
    internal uint Watched { get; set; }

    /// <summary>Tells this use of a descriptor's number from earlier ones.</summary>
    internal uint Generation { get; set; }

    protected EpollDriver Driver => driver;

    /// <summary>The poller says that something is ready.</summary>
    internal abstract void OnEvents(uint events);

    protected void Watch(uint events)
    {
        if (Fd >= 0 && events != Watched)
            driver.Watch(this, events);
    }

    protected void CloseDescriptor()
    {
        if (Fd < 0)
            return;
        driver.Forget(this);
        _ = Libc.Close(Fd);
        Fd = -1;
    }
}
