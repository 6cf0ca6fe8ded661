using System.Net;

namespace Twisted.Internet;

/// <summary>A listening TCP socket on epoll.</summary>
internal sealed unsafe class EpollListener : EpollSource, IListenDriver
{
    private readonly IPEndPoint _host;
    private Action? _acceptable;

    private EpollListener(EpollPoller poller, int fd) : base(poller, fd) => _host = Descriptor.LocalAddress(fd);

    public EndPoint Host => _host;

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
        if (fd >= 0)
        {
            IPEndPoint peer = SocketAddressBytes.Read(new ReadOnlySpan<byte>(address, length));
            socket = new EpollSocket(Poller, fd, peer, _host);
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
        if (!Poller.GiveUpReserve())
            return false;
        int fd = Libc.Accept(Fd, null, null, Descriptor.NonBlocking);
        if (fd >= 0)
            _ = Libc.Close(fd);
        Poller.KeepReserve();
        return fd >= 0;
    }

    public void Close() => CloseDescriptor();
}
