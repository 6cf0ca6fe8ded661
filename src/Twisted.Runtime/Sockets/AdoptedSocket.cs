using System.Net;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// Takes descriptors over from handles. One of the wrong kind is refused and stays its handle's; one that is taken is
/// ours alone, does not block and is not inherited.
/// </summary>
internal static class AdoptedSocket
{
    internal static int Listener(SafeHandle socket)
    {
        int fd = Check(socket, Linux.SOCK_STREAM, "a listening stream socket");
        if (Descriptor.GetOption(fd, Linux.SOL_SOCKET, Linux.SO_ACCEPTCONN) == 0)
            throw new ArgumentException($"Descriptor {fd} is a stream socket that does not listen.", nameof(socket));
        return Take(socket, fd);
    }

    internal static int Connection(SafeHandle socket, out EndPoint peer)
    {
        int fd = Check(socket, Linux.SOCK_STREAM, "a connected stream socket");
        peer = Descriptor.PeerAddress(fd) ?? throw new ArgumentException(
            $"Descriptor {fd} is a stream socket that is not connected: {Errno.LastFailure().Text}.", nameof(socket));
        return Take(socket, fd);
    }

    internal static int Datagrams(SafeHandle socket)
    {
        int fd = Check(socket, Linux.SOCK_DGRAM, "a datagram socket");
        if (Descriptor.LocalAddress(fd) is not IPEndPoint)
            throw new ArgumentException($"Descriptor {fd} is a datagram socket, but none of UDP.", nameof(socket));
        return Take(socket, fd);
    }

    private static int Check(SafeHandle socket, int type, string wanted)
    {
        ObjectDisposedException.ThrowIf(socket.IsClosed || socket.IsInvalid, socket);
        int fd = (int)socket.DangerousGetHandle();
        int actual = Descriptor.GetOption(fd, Linux.SOL_SOCKET, Linux.SO_TYPE);
        if (actual == 0)
            throw new ArgumentException($"Descriptor {fd} is no socket; {wanted} is needed.", nameof(socket));
        return actual == type
            ? fd
            : throw new ArgumentException(
                $"Descriptor {fd} is a socket of type {actual}; {wanted} (type {type}) is needed.", nameof(socket));
    }

    private static int Take(SafeHandle socket, int fd)
    {
        int flags = Libc.FileControl(fd, Linux.F_GETFL, 0);
        Libc.FileControl(fd, Linux.F_SETFL, flags | Linux.SOCK_NONBLOCK);
        Libc.FileControl(fd, Linux.F_SETFD, Linux.FD_CLOEXEC);
        socket.SetHandleAsInvalid();
        return fd;
    }
}
