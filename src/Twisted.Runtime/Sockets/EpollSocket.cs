using System.Net;

namespace Twisted.Internet;

/// <summary>A TCP connection on epoll.</summary>
internal unsafe class EpollSocket : EpollSource, ISocketDriver, ITcpKeepAlive
{
    private readonly EndPoint? _boundTo; // a listener of one address tells it to its connections: no system call
    private EndPoint? _host;
    private ISocketEvents? _events;

    internal EpollSocket(EpollPoller poller, int fd, EndPoint peer, EndPoint? boundTo) : base(poller, fd)
    {
        Peer = peer;
        _boundTo = boundTo;
    }

    public EndPoint Peer { get; }

    public EndPoint Host => _host ??= _boundTo is { } bound && (Fd < 0 || !IsWildcard(bound))
        ? bound
        : Descriptor.LocalAddress(Fd);

    public OsFailure Failure { get; protected set; }

    public bool NoDelay
    {
        get => Fd >= 0 && Descriptor.GetOption(Fd, Linux.IPPROTO_TCP, Linux.TCP_NODELAY) != 0;
        set => Descriptor.SetOption(Fd, Linux.IPPROTO_TCP, Linux.TCP_NODELAY, value ? 1 : 0);
    }

    public bool KeepAlive
    {
        get => Fd >= 0 && Descriptor.GetOption(Fd, Linux.SOL_SOCKET, Linux.SO_KEEPALIVE) != 0;
        set => Descriptor.SetOption(Fd, Linux.SOL_SOCKET, Linux.SO_KEEPALIVE, value ? 1 : 0);
    }

    public TimeSpan Idle
    {
        get => TimeSpan.FromSeconds(GetTcp(Linux.TCP_KEEPIDLE));
        set => SetTcp(Linux.TCP_KEEPIDLE, KeepAliveTime.ToSeconds(value));
    }

    public TimeSpan Interval
    {
        get => TimeSpan.FromSeconds(GetTcp(Linux.TCP_KEEPINTVL));
        set => SetTcp(Linux.TCP_KEEPINTVL, KeepAliveTime.ToSeconds(value));
    }

    public int Count
    {
        get => GetTcp(Linux.TCP_KEEPCNT);
        set => SetTcp(Linux.TCP_KEEPCNT, KeepAliveTime.ToCount(value));
    }

    public TimeSpan UserTimeout
    {
        get => TimeSpan.FromMilliseconds(GetTcp(Linux.TCP_USER_TIMEOUT));
        set => SetTcp(Linux.TCP_USER_TIMEOUT, KeepAliveTime.ToMilliseconds(value));
    }

    private int GetTcp(int option) => Fd < 0 ? 0 : Descriptor.GetOption(Fd, Linux.IPPROTO_TCP, option);

    private void SetTcp(int option, int value) => Descriptor.SetOption(Fd, Linux.IPPROTO_TCP, option, value);

    internal static EpollSocket Connect(EpollPoller poller, IPEndPoint remote, IPEndPoint? bind)
    {
        int fd = Descriptor.Open(remote, Linux.SOCK_STREAM);
        if (fd < 0)
            throw FailureText.Connecting(Errno.LastFailure());
        Descriptor.SetOption(fd, Linux.IPPROTO_TCP, Linux.TCP_NODELAY, 1);
        if (bind is not null && Descriptor.Bind(fd, bind) != 0)
        {
            OsFailure failure = Errno.LastFailure();
            _ = Libc.Close(fd);
            throw FailureText.Binding(bind, failure);
        }
        if (Descriptor.Connect(fd, remote) != 0 && Errno.Last is not (Errno.EINPROGRESS or Errno.EINTR))
        {
            OsFailure failure = Errno.LastFailure();
            _ = Libc.Close(fd);
            throw FailureText.Connecting(failure);
        }
        return new EpollSocket(poller, fd, remote, boundTo: null);
    }

    public bool FinishConnecting()
    {
        int error = Descriptor.GetOption(Fd, Linux.SOL_SOCKET, Linux.SO_ERROR);
        // TCP lets a socket connect to itself when the port asked for is free and happens to be the one it was given.
        if (error == 0 && Peer is IPEndPoint && Host.Equals(Peer))
            error = Errno.ECONNREFUSED;
        if (error != 0)
            Failure = Errno.Failure(error);
        return error == 0;
    }

    public virtual bool SetInterest(ISocketEvents events, bool read, bool write)
    {
        _events = events;
        if (TryWatch((read ? Linux.EPOLLIN : 0) | (write ? Linux.EPOLLOUT : 0)))
            return true;
        Failure = Errno.LastFailure();
        return false;
    }

    internal override void OnEvents(uint events)
    {
        // A hang-up or an error shows itself to whichever side asks: the call that follows returns it.
        const uint trouble = Linux.EPOLLHUP | Linux.EPOLLERR;
        if ((events & (Linux.EPOLLIN | trouble)) != 0 && (Watched & Linux.EPOLLIN) != 0)
            _events!.OnReadable();
        if ((events & (Linux.EPOLLOUT | trouble)) != 0 && (Watched & Linux.EPOLLOUT) != 0)
            _events!.OnWritable();
    }

    public int Receive(Span<byte> buffer)
    {
        nint count;
        fixed (byte* bytes = buffer)
        {
            do
                count = Libc.Receive(Fd, bytes, buffer.Length, 0);
            while (count < 0 && Errno.Now == Errno.EINTR);
        }
        return count >= 0 ? (int)count : Trouble();
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        nint count;
        fixed (byte* bytes = data)
        {
            do
                count = Libc.Send(Fd, bytes, data.Length, Linux.MSG_NOSIGNAL);
            while (count < 0 && Errno.Now == Errno.EINTR);
        }
        return count >= 0 ? (int)count : Trouble();
    }

    public void ShutdownSend() => _ = Libc.Shutdown(Fd, Linux.SHUT_WR);

    public void Close(bool abort)
    {
        if (Fd < 0)
            return;
        if (abort)
            Descriptor.ResetOnClose(Fd);
        CloseDescriptor();
    }

    protected int Trouble()
    {
        int error = Errno.Now;
        if (error == Errno.EAGAIN)
            return ISocketDriver.WouldBlock;
        Failure = Errno.Failure(error);
        return ISocketDriver.Failed;
    }

    private static bool IsWildcard(EndPoint bound) => bound is IPEndPoint { Address: var address }
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
}
