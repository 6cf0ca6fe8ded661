using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>A descriptor of somebody else's in the poller, until it is disposed. It is never closed here.</summary>
internal sealed class EpollWatch : EpollSource, IDisposable
{
    private readonly SafeHandle _descriptor;
    private readonly Action? _readable;
    private readonly Action? _writable;
    private readonly EpollPoller _poller;
    private bool _ended;

    internal EpollWatch(EpollPoller poller, SafeHandle descriptor, Action? readable, Action? writable)
        : base(poller, Number(descriptor))
    {
        _descriptor = descriptor;
        _readable = readable;
        _writable = writable;
        uint events = (readable is null ? 0 : Linux.EPOLLIN) | (writable is null ? 0 : Linux.EPOLLOUT);
        _poller = poller;
        if (TryWatch(events))
        {
            poller.Watches.Add(this);
            return;
        }
        descriptor.DangerousRelease();
        _ended = true;
        throw new IOException($"Cannot watch descriptor {Fd}: {Errno.LastFailure().Text}. Sockets, pipes and terminals "
            + "can be watched, each once; files cannot.");
    }

    internal override void OnEvents(uint events)
    {
        // A hang-up or an error is for whoever watches: the next read or write says what it is.
        const uint trouble = Linux.EPOLLHUP | Linux.EPOLLERR;
        if ((events & (Linux.EPOLLIN | trouble)) != 0 && !_ended)
            _readable?.Invoke();
        if ((events & (Linux.EPOLLOUT | trouble)) != 0 && !_ended)
            _writable?.Invoke();
    }

    public override string ToString() => $"a watch of descriptor {Fd}";

    public void Dispose()
    {
        if (_ended)
            return;
        _ended = true;
        _poller.Watches.Remove(this);
        _ = TryWatch(0);
        _descriptor.DangerousRelease();
    }

    /// <summary>The number, which nobody else gets while we hold on to it.</summary>
    private static int Number(SafeHandle descriptor)
    {
        bool isHeld = false;
        descriptor.DangerousAddRef(ref isHeld);
        return (int)descriptor.DangerousGetHandle();
    }
}
