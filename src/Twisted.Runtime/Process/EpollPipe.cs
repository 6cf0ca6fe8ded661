using System.Net;

namespace Twisted.Internet;

/// <summary>A pipe's end, a terminal or a file on epoll: read, written or both.</summary>
internal sealed unsafe class EpollPipe : EpollSource, ISocketDriver
{
    private readonly int _io;             // what is read and written; the same as Fd unless it cannot be watched
    private readonly FileAccess _access;
    private readonly int? _flagsToRestore;
    private ISocketEvents? _events;

    /// <summary>Takes a descriptor that does not block.</summary>
    internal EpollPipe(EpollPoller poller, int fd, FileAccess access, EndPoint name)
        : this(poller, fd, fd, access, name, flagsToRestore: null) { }

    private EpollPipe(
        EpollPoller poller, int watched, int io, FileAccess access, EndPoint name, int? flagsToRestore)
        : base(poller, watched)
    {
        _io = io;
        _access = access;
        _flagsToRestore = flagsToRestore;
        Host = name;
    }

    public EndPoint Host { get; }

    public EndPoint Peer => Host;

    public OsFailure Failure { get; private set; }

    public bool NoDelay { get; set; }

    public bool KeepAlive { get; set; }

    /// <summary>
    /// One that shares its file with other programs, which must not find it without blocking when we are gone.
    /// </summary>
    /// <param name="poller">Where it is watched.</param>
    /// <param name="fd">Ours from now on; it may block.</param>
    /// <param name="access">What is done with it.</param>
    /// <param name="name">Its address.</param>
    internal static EpollPipe Share(EpollPoller poller, int fd, FileAccess access, EndPoint name)
    {
        int flags = Libc.FileControl(fd, LinuxProcess.F_GETFL, 0);
        bool changed = (flags & LinuxProcess.O_NONBLOCK) == 0;
        if (changed)
            _ = Libc.FileControl(fd, LinuxProcess.F_SETFL, flags | LinuxProcess.O_NONBLOCK);
        return new EpollPipe(poller, fd, fd, access, name, changed ? flags : null);
    }

    /// <summary>
    /// A file, which epoll does not watch because it is always ready: an eventfd that is always ready stands in for it.
    /// </summary>
    /// <returns>Null when there is no descriptor left.</returns>
    internal static EpollPipe? OfFile(EpollPoller poller, int fd, FileAccess access, EndPoint name)
    {
        int ready = Libc.EventFd(1, Linux.EFD_CLOEXEC | Linux.EFD_NONBLOCK);
        return ready < 0 ? null : new EpollPipe(poller, ready, fd, access, name, flagsToRestore: null);
    }

    public bool SetInterest(ISocketEvents events, bool read, bool write)
    {
        _events = events;
        uint reading = !read ? 0
            : _access.HasFlag(FileAccess.Read) ? Linux.EPOLLIN
            : LinuxProcess.EPOLLPRI; // nothing to read ever comes, but the reader's end does: as an error
        uint writing = write && _access.HasFlag(FileAccess.Write) ? Linux.EPOLLOUT : 0;
        if (TryWatch(reading | writing))
            return true;
        Failure = Errno.LastFailure();
        return false;
    }

    internal override void OnEvents(uint events)
    {
        const uint trouble = Linux.EPOLLERR | Linux.EPOLLHUP;
        const uint reading = Linux.EPOLLIN | LinuxProcess.EPOLLPRI;
        if ((events & (reading | trouble)) != 0 && (Watched & reading) != 0)
            _events!.OnReadable();
        // What the callback did may have closed it, or ended the interest.
        if ((events & (Linux.EPOLLOUT | trouble)) != 0 && (Watched & Linux.EPOLLOUT) != 0)
            _events!.OnWritable();
    }

    public bool FinishConnecting() => true;

    public int Receive(Span<byte> buffer)
    {
        if (!_access.HasFlag(FileAccess.Read))
            return 0; // only asked when the reader has closed its end
        nint count;
        fixed (byte* bytes = buffer)
        {
            do
                count = Libc.Read(_io, bytes, buffer.Length);
            while (count < 0 && Errno.Last == Errno.EINTR);
        }
        // The last program has left a terminal: there is no other word for its end.
        return count >= 0 ? (int)count : Errno.Last == LinuxProcess.EIO ? 0 : Trouble();
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        nint count;
        fixed (byte* bytes = data)
        {
            do
                count = Libc.Write(_io, bytes, data.Length);
            while (count < 0 && Errno.Last == Errno.EINTR);
        }
        return count >= 0 ? (int)count : Trouble();
    }

    public void ShutdownSend()
    {
        if (_access == FileAccess.Write)
            Close(abort: false);
    }

    public void Close(bool abort)
    {
        if (Fd < 0)
            return;
        if (_flagsToRestore is { } flags)
            _ = Libc.FileControl(_io, LinuxProcess.F_SETFL, flags);
        if (_io != Fd)
            _ = Libc.Close(_io);
        CloseDescriptor();
    }

    /// <summary>Sets the size of the window, if this is a terminal.</summary>
    internal void Resize(TerminalSize size)
    {
        if (Fd >= 0)
            Resize(_io, size);
    }

    internal static void Resize(int terminal, TerminalSize size)
    {
        ushort* window = stackalloc ushort[] { size.Rows, size.Columns, 0, 0 }; // struct winsize
        _ = Libc.Control(terminal, LinuxProcess.TIOCSWINSZ, window);
    }

    private int Trouble()
    {
        int error = Errno.Last;
        if (error == Errno.EAGAIN)
            return ISocketDriver.WouldBlock;
        Failure = Errno.Failure(error);
        return ISocketDriver.Failed;
    }
}
