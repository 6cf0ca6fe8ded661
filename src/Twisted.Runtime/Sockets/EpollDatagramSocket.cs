using System.Net;

namespace Twisted.Internet;

/// <summary>A UDP socket on epoll.</summary>
internal sealed unsafe class EpollDatagramSocket : EpollSource, IDatagramDriver
{
    private Action? _readable;

    private EpollDatagramSocket(EpollPoller poller, int fd) : base(poller, fd) => Host = Descriptor.LocalAddress(fd);

    public EndPoint Host { get; private set; }

    public OsFailure Failure { get; private set; }

    internal static EpollDatagramSocket Open(EpollPoller poller, IPEndPoint address)
    {
        int fd = Descriptor.Open(address, Linux.SOCK_DGRAM);
        if (fd >= 0 && Descriptor.Bind(fd, address) == 0)
            return new EpollDatagramSocket(poller, fd);
        OsFailure failure = Errno.LastFailure();
        if (fd >= 0)
            _ = Libc.Close(fd);
        throw FailureText.Listening(address.Address.ToString(), address.Port, failure);
    }

    public void SetListener(Action? readable)
    {
        _readable = readable;
        Watch(readable is null ? 0 : Linux.EPOLLIN);
    }

    internal override void OnEvents(uint events) => _readable?.Invoke();

    public void Connect(IPEndPoint peer)
    {
        _ = Descriptor.Connect(Fd, peer);
        Host = Descriptor.LocalAddress(Fd);
    }

    public int Receive(Span<byte> buffer, out IPEndPoint? from)
    {
        from = null;
        byte* address = stackalloc byte[SocketAddressBytes.Longest];
        int length = SocketAddressBytes.Longest;
        nint count;
        fixed (byte* bytes = buffer)
        {
            do
                count = Libc.ReceiveFrom(Fd, bytes, buffer.Length, 0, address, &length);
            while (count < 0 && Errno.Now == Errno.EINTR);
        }
        if (count < 0)
            return Trouble();
        from = SocketAddressBytes.Read(new ReadOnlySpan<byte>(address, length));
        return (int)count;
    }

    public int Send(ReadOnlySpan<byte> data, IPEndPoint? to)
    {
        byte* address = stackalloc byte[SocketAddressBytes.Longest];
        int length = to is null ? 0 : SocketAddressBytes.Write(to, new Span<byte>(address, SocketAddressBytes.Longest));
        nint count;
        fixed (byte* bytes = data)
        {
            do
                count = Libc.SendTo(Fd, bytes, data.Length, Linux.MSG_NOSIGNAL, to is null ? null : address, length);
            while (count < 0 && Errno.Now == Errno.EINTR);
        }
        return count >= 0 ? (int)count : Trouble();
    }

    public void Close() => CloseDescriptor();

    private int Trouble()
    {
        int error = Errno.Now;
        if (error == Errno.EAGAIN)
            return ISocketDriver.WouldBlock;
        Failure = Errno.Failure(error);
        return ISocketDriver.Failed;
    }
}
