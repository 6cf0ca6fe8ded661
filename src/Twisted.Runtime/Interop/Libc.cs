using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>The calls into the C library, blittable. Linux (x64, arm64); see man 2 for each.</summary>
/// <remarks>
/// Most keep errno for <see cref="Errno.Last"/>. Those of every message do not, because keeping it takes two more calls
/// each time: after these, <see cref="Errno.Now"/> at once.
/// </remarks>
internal static unsafe partial class Libc
{
    private const string Name = "libc";

    /// <summary>Fills two numbers of 64 bits: the soft limit and the hard one.</summary>
    [LibraryImport(Name, EntryPoint = "getrlimit")]
    internal static partial int GetResourceLimit(int resource, ulong* limits);

    /// <summary>Fills two numbers of 64 bits: seconds and nanoseconds.</summary>
    [LibraryImport(Name, EntryPoint = "clock_gettime")]
    internal static partial int GetClock(int clock, long* time);

    [LibraryImport(Name, EntryPoint = "epoll_create1", SetLastError = true)]
    internal static partial int EpollCreate(int flags);

    [LibraryImport(Name, EntryPoint = "epoll_ctl", SetLastError = true)]
    internal static partial int EpollControl(int epoll, int operation, int fd, byte* change);

    [LibraryImport(Name, EntryPoint = "epoll_wait")]
    internal static partial int EpollWait(int epoll, byte* events, int most, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(PollDescriptor* descriptors, nuint count, int timeoutMilliseconds);

    [LibraryImport(Name, EntryPoint = "eventfd", SetLastError = true)]
    internal static partial int EventFd(uint initial, int flags);

    [LibraryImport(Name, EntryPoint = "socket", SetLastError = true)]
    internal static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "bind", SetLastError = true)]
    internal static partial int Bind(int fd, byte* address, int length);

    [LibraryImport(Name, EntryPoint = "listen", SetLastError = true)]
    internal static partial int Listen(int fd, int backlog);

    [LibraryImport(Name, EntryPoint = "accept4")]
    internal static partial int Accept(int fd, byte* address, int* length, int flags);

    [LibraryImport(Name, EntryPoint = "connect", SetLastError = true)]
    internal static partial int Connect(int fd, byte* address, int length);

    [LibraryImport(Name, EntryPoint = "getsockname", SetLastError = true)]
    internal static partial int GetSocketName(int fd, byte* address, int* length);

    [LibraryImport(Name, EntryPoint = "setsockopt", SetLastError = true)]
    internal static partial int SetSocketOption(int fd, int level, int option, void* value, int length);

    [LibraryImport(Name, EntryPoint = "getsockopt", SetLastError = true)]
    internal static partial int GetSocketOption(int fd, int level, int option, void* value, int* length);

    [LibraryImport(Name, EntryPoint = "recv")]
    internal static partial nint Receive(int fd, byte* buffer, nint length, int flags);

    [LibraryImport(Name, EntryPoint = "send")]
    internal static partial nint Send(int fd, byte* buffer, nint length, int flags);

    [LibraryImport(Name, EntryPoint = "recvfrom")]
    internal static partial nint ReceiveFrom(int fd, byte* buffer, nint length, int flags, byte* address,
        int* addressLength);

    [LibraryImport(Name, EntryPoint = "sendto")]
    internal static partial nint SendTo(int fd, byte* buffer, nint length, int flags, byte* address,
        int addressLength);

    [LibraryImport(Name, EntryPoint = "shutdown")]
    internal static partial int Shutdown(int fd, int how);

    [LibraryImport(Name, EntryPoint = "close")]
    internal static partial int Close(int fd);

    [LibraryImport(Name, EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int fd, void* buffer, nint length);

    [LibraryImport(Name, EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int fd, void* buffer, nint length);

    [LibraryImport(Name, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int FileControl(int fd, int command, int argument);
}

/// <summary>The constants of Linux, alike on x64 and arm64, by their names in the headers.</summary>
internal static class Linux
{
    internal const int EPOLL_CLOEXEC = 0x80000;
    internal const int EPOLL_CTL_ADD = 1;
    internal const int EPOLL_CTL_DEL = 2;
    internal const int EPOLL_CTL_MOD = 3;
    internal const uint EPOLLIN = 0x1;
    internal const short POLLIN = 0x1;
    internal const uint EPOLLOUT = 0x4;
    internal const uint EPOLLERR = 0x8;
    internal const uint EPOLLHUP = 0x10;

    internal const int RLIMIT_NOFILE = 7;
    internal const int CLOCK_THREAD_CPUTIME_ID = 3;

    internal const int EFD_CLOEXEC = 0x80000;
    internal const int EFD_NONBLOCK = 0x800;

    internal const int AF_UNIX = 1;
    internal const int AF_INET = 2;
    internal const int AF_INET6 = 10;
    internal const int SOCK_STREAM = 1;
    internal const int SOCK_DGRAM = 2;
    internal const int SOCK_NONBLOCK = 0x800;
    internal const int SOCK_CLOEXEC = 0x80000;

    internal const int SOL_SOCKET = 1;
    internal const int SO_REUSEADDR = 2;
    internal const int SO_TYPE = 3;
    internal const int SO_ERROR = 4;
    internal const int SO_BROADCAST = 6;
    internal const int SO_KEEPALIVE = 9;
    internal const int SO_LINGER = 13;
    internal const int SO_REUSEPORT = 15;
    internal const int SO_ACCEPTCONN = 30;
    internal const int IPPROTO_TCP = 6;
    internal const int TCP_NODELAY = 1;
    internal const int TCP_KEEPIDLE = 4;
    internal const int TCP_KEEPINTVL = 5;
    internal const int TCP_KEEPCNT = 6;
    internal const int TCP_USER_TIMEOUT = 18;
    internal const int IPPROTO_IP = 0;
    internal const int IP_MULTICAST_IF = 32;
    internal const int IP_MULTICAST_TTL = 33;
    internal const int IP_MULTICAST_LOOP = 34;
    internal const int IP_ADD_MEMBERSHIP = 35;
    internal const int IP_DROP_MEMBERSHIP = 36;
    internal const int IP_MULTICAST_ALL = 49;
    internal const int IPPROTO_IPV6 = 41;
    internal const int IPV6_MULTICAST_IF = 17;
    internal const int IPV6_MULTICAST_HOPS = 18;
    internal const int IPV6_MULTICAST_LOOP = 19;
    internal const int IPV6_ADD_MEMBERSHIP = 20;
    internal const int IPV6_DROP_MEMBERSHIP = 21;
    internal const int IPV6_MULTICAST_ALL = 29;

    internal const int SCM_RIGHTS = 1;
    internal const int MSG_CTRUNC = 0x8;
    internal const int MSG_CMSG_CLOEXEC = 0x40000000;
    internal const int AT_FDCWD = -100;
    internal const int AT_SYMLINK_NOFOLLOW = 0x100;
    internal const uint STATX_TYPE_AND_INODE = 0x101;

    internal const int MSG_NOSIGNAL = 0x4000;
    internal const int SHUT_WR = 1;
    internal const int F_SETFD = 2;
    internal const int F_GETFL = 3;
    internal const int F_SETFL = 4;
    internal const int FD_CLOEXEC = 1;
    internal const int O_APPEND = 0x400;
    internal const int F_DUPFD_CLOEXEC = 1030;
}
