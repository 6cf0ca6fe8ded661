using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.CompilerServices;

namespace Twisted.Internet;

/// <summary>A UDP socket on epoll, or a UNIX datagram socket.</summary>
internal sealed unsafe partial class EpollDatagramSocket : EpollSource, IUdpSocket, IPassedOnSocket
{
    private readonly UnixSocketFile? _file;
    private RecentPeers? _peers; // a socket that only sends needs none
    private Action? _readable;

    /// <summary>A socket that is bound already.</summary>
    internal EpollDatagramSocket(EpollPoller poller, int fd, UnixSocketFile? file = null) : base(poller, fd)
    {
        Host = Descriptor.LocalAddress(fd);
        _file = file;
    }

    public EndPoint Host { get; private set; }

    public OsFailure Failure { get; private set; }

    internal static EpollDatagramSocket Open(EpollPoller poller, IPEndPoint address, bool isShared)
    {
        int fd = Descriptor.Open(address, Linux.SOCK_DGRAM);
        if (fd >= 0 && isShared)
        {
            // Either lets two in, but only if both have asked for the same one: programs differ in which.
            Descriptor.SetOption(fd, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
            Descriptor.SetOption(fd, Linux.SOL_SOCKET, Linux.SO_REUSEPORT, 1);
        }
        if (fd >= 0 && Descriptor.Bind(fd, address) == 0)
            return new EpollDatagramSocket(poller, fd);
        OsFailure failure = Errno.LastFailure();
        if (fd >= 0)
            _ = Libc.Close(fd);
        throw FailureText.Listening(address.Address.ToString(), address.Port, failure);
    }

    internal static EpollDatagramSocket Open(
        EpollPoller poller, UnixDomainSocketEndPoint? address, UnixFileMode mode)
    {
        UnixSocketFile? file = address is null ? null : UnixSocketFile.Claim(address, lockFile: false);
        int fd = Libc.Socket(Linux.AF_UNIX, Linux.SOCK_DGRAM | Descriptor.NonBlocking, 0);
        try
        {
            if (fd < 0 || (address is not null && Descriptor.Bind(fd, address) != 0))
                throw FailureText.ListeningUnix(address ?? Descriptor.LocalAddress(fd), Errno.LastFailure());
            file?.Bound(mode);
            return new EpollDatagramSocket(poller, fd, file);
        }
        catch
        {
            if (fd >= 0)
                _ = Libc.Close(fd);
            file?.Release();
            throw;
        }
    }

    public void SetListener(Action? readable)
    {
        _readable = readable;
        Watch(readable is null ? 0 : Linux.EPOLLIN);
    }

    internal override void OnEvents(uint events) => _readable?.Invoke();

    public bool Connect(EndPoint peer)
    {
        bool hasWay = Descriptor.Connect(Fd, peer) == 0;
        if (!hasWay)
            Failure = Errno.LastFailure();
        Host = Descriptor.LocalAddress(Fd);
        return hasWay;
    }

    public int Receive(Span<byte> buffer, out EndPoint? from)
    {
        from = null;
        RecentPeers peers = _peers ??= new RecentPeers();
        int length = SocketAddressBytes.Longest;
        nint count;
        fixed (byte* bytes = buffer)
        {
            do
                count = Libc.ReceiveFrom(Fd, bytes, buffer.Length, 0, peers.Address, &length);
            while (count < 0 && Errno.Now == Errno.EINTR);
        }
        if (count < 0)
            return Trouble();
        from = peers.Read(length);
        return (int)count;
    }

    public int Send(ReadOnlySpan<byte> data, EndPoint? to)
    {
        if (to is null)
            return Send(data, null, 0);
        return _peers is { } peers && peers.LengthIfLast(to) is > 0 and int length
            ? Send(data, peers.Address, length)
            : SendElsewhere(data, to);
    }

    [SkipLocalsInit]
    private int SendElsewhere(ReadOnlySpan<byte> data, EndPoint to)
    {
        byte* address = stackalloc byte[SocketAddressBytes.Longest];
        return Send(data, address, SocketAddressBytes.Write(to, new Span<byte>(address, SocketAddressBytes.Longest)));
    }

    private int Send(ReadOnlySpan<byte> data, byte* address, int length)
    {
        nint count;
        fixed (byte* bytes = data)
        {
            do
                count = Libc.SendTo(Fd, bytes, data.Length, Linux.MSG_NOSIGNAL, address, length);
            while (count < 0 && Errno.Now == Errno.EINTR);
        }
        return count >= 0 ? (int)count : Trouble();
    }

    public SafeHandle Duplicate() => Descriptor.Duplicate(Fd);

    public void LeaveFile() => _file?.Leave();

    public void Close()
    {
        _file?.Release();
        CloseDescriptor();
    }

    private int Trouble()
    {
        int error = Errno.Now;
        if (error == Errno.EAGAIN)
            return ISocketDriver.WouldBlock;
        Failure = Errno.Failure(error);
        return ISocketDriver.Failed;
    }
}
