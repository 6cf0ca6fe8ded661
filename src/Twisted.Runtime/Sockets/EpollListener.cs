using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>A listening TCP or UNIX socket on epoll.</summary>
internal sealed unsafe class EpollListener : EpollSource, IListenDriver, IPassedOnSocket
{
    private readonly UnixSocketFile? _file;
    private Action? _acceptable;
    private int _surplus = -1; // accepted, and one too many

    /// <summary>A socket that listens already.</summary>
    internal EpollListener(EpollPoller poller, int fd, UnixSocketFile? file = null) : base(poller, fd)
    {
        Host = Descriptor.LocalAddress(fd);
        _file = file;
    }

    public EndPoint Host { get; }

    internal static EpollListener Open(EpollPoller poller, IPEndPoint address, TcpListenOptions options)
    {
        int fd = Descriptor.Open(address, Linux.SOCK_STREAM);
        if (fd >= 0)
        {
            Descriptor.SetOption(fd, Linux.SOL_SOCKET, Linux.SO_REUSEADDR, 1);
            if (options.ReusePort)
                Descriptor.SetOption(fd, Linux.SOL_SOCKET, Linux.SO_REUSEPORT, 1);
            // Inherited by what is accepted. Writes are coalesced by the engine: waiting once more, as Nagle's
            // algorithm does, would only delay the answers.
            Descriptor.SetOption(fd, Linux.IPPROTO_TCP, Linux.TCP_NODELAY, 1);
            if (Descriptor.Bind(fd, address) == 0 && Libc.Listen(fd, options.Backlog) == 0)
                return new EpollListener(poller, fd);
        }
        OsFailure failure = Errno.LastFailure();
        if (fd >= 0)
            _ = Libc.Close(fd);
        string host = address.Address.Equals(IPAddress.Any) ? "" : address.Address.ToString();
        throw FailureText.Listening(host, address.Port, failure);
    }

    internal static EpollListener Open(
        EpollPoller poller, UnixDomainSocketEndPoint address, UnixListenOptions options)
    {
        UnixSocketFile file = UnixSocketFile.Claim(address, options.LockFile);
        int fd = Descriptor.Open(address, Linux.SOCK_STREAM);
        try
        {
            if (fd < 0 || Descriptor.Bind(fd, address) != 0)
                throw FailureText.ListeningUnix(address, Errno.LastFailure());
            file.Bound(options.Mode);
            if (Libc.Listen(fd, options.Backlog) != 0)
                throw FailureText.ListeningUnix(address, Errno.LastFailure());
            return new EpollListener(poller, fd, file);
        }
        catch
        {
            if (fd >= 0)
                _ = Libc.Close(fd);
            file.Release();
            throw;
        }
    }

    public void SetListener(Action? acceptable)
    {
        _acceptable = acceptable;
        Watch(acceptable is null ? 0 : Linux.EPOLLIN);
    }

    internal override void OnEvents(uint events) => _acceptable?.Invoke();

    public AcceptResult Accept(out ISocketDriver? socket)
    {
        socket = null;
        Poller.KeepReserve(); // before the connection: the last descriptor is worth most as the reserve
        byte* address = stackalloc byte[SocketAddressBytes.Longest];
        int length = SocketAddressBytes.Longest;
        int fd = Libc.Accept(Fd, address, &length, Descriptor.NonBlocking);
        if (fd >= 0 && !SpareDescriptors.AreLeftBy(fd))
        {
            _surplus = fd;
            return AcceptResult.Exhausted;
        }
        if (fd >= 0)
        {
            EndPoint peer = SocketAddressBytes.Read(new ReadOnlySpan<byte>(address, length));
            socket = peer is IPEndPoint
                ? new EpollSocket(Poller, fd, peer, Host)
                : new EpollUnixSocket(Poller, fd, peer, Host);
            return AcceptResult.Accepted;
        }
        return Errno.Now switch
        {
            Errno.EAGAIN => AcceptResult.WouldBlock,
            Errno.EMFILE or Errno.ENFILE or Errno.ENOBUFS or Errno.ENOMEM => AcceptResult.Exhausted,
            _ => AcceptResult.Gone, // ECONNABORTED, EINTR, and the network errors that Linux passes on here
        };
    }

    public bool Refuse()
    {
        if (_surplus >= 0)
        {
            _ = Libc.Close(_surplus);
            _surplus = -1;
            return true;
        }
        if (!Poller.GiveUpReserve())
            return false;
        int fd = Libc.Accept(Fd, null, null, Descriptor.NonBlocking);
        if (fd >= 0)
            _ = Libc.Close(fd);
        Poller.KeepReserve();
        return fd >= 0;
    }

    public SafeHandle Duplicate() => Descriptor.Duplicate(Fd);

    public void LeaveFile() => _file?.Leave();

    public void Close()
    {
        _file?.Release(); // first: a name that refuses would be found otherwise
        CloseDescriptor();
    }
}
