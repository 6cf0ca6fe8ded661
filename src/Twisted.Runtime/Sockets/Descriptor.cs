using System.Net;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Internet;

/// <summary>What is done with socket descriptors in more than one place.</summary>
internal static unsafe class Descriptor
{
    internal const int NonBlocking = Linux.SOCK_NONBLOCK | Linux.SOCK_CLOEXEC;

    /// <summary>A new socket of the family that the address needs; negative when there is none to be had.</summary>
    internal static int Open(EndPoint address, int type) =>
        Libc.Socket(SocketAddressBytes.FamilyOf(address), type | NonBlocking, 0);

    internal static int Bind(int fd, EndPoint address)
    {
        byte* bytes = stackalloc byte[SocketAddressBytes.Longest];
        int length = SocketAddressBytes.Write(address, new Span<byte>(bytes, SocketAddressBytes.Longest));
        return Libc.Bind(fd, bytes, length);
    }

    internal static int Connect(int fd, EndPoint address)
    {
        byte* bytes = stackalloc byte[SocketAddressBytes.Longest];
        int length = SocketAddressBytes.Write(address, new Span<byte>(bytes, SocketAddressBytes.Longest));
        return Libc.Connect(fd, bytes, length);
    }

    internal static EndPoint LocalAddress(int fd)
    {
        byte* bytes = stackalloc byte[SocketAddressBytes.Longest];
        int length = SocketAddressBytes.Longest;
        return Libc.GetSocketName(fd, bytes, &length) == 0
            ? SocketAddressBytes.Read(new ReadOnlySpan<byte>(bytes, length))
            : new IPEndPoint(IPAddress.Any, 0);
    }

    internal static EndPoint? PeerAddress(int fd)
    {
        byte* bytes = stackalloc byte[SocketAddressBytes.Longest];
        int length = SocketAddressBytes.Longest;
        return Libc.GetPeerName(fd, bytes, &length) == 0
            ? SocketAddressBytes.Read(new ReadOnlySpan<byte>(bytes, length))
            : null;
    }

    internal static int SetOption(int fd, int level, int option, int value) =>
        Libc.SetSocketOption(fd, level, option, &value, sizeof(int));

    internal static int GetOption(int fd, int level, int option)
    {
        int value = 0;
        int length = sizeof(int);
        return Libc.GetSocketOption(fd, level, option, &value, &length) == 0 ? value : 0;
    }

    /// <summary>A descriptor of the caller's own for the same open file.</summary>
    /// <exception cref="IOException">There is none to be had.</exception>
    internal static SafeFileHandle Duplicate(int fd)
    {
        int own = Libc.FileControl(fd, Linux.F_DUPFD_CLOEXEC, 0);
        return own >= 0
            ? new SafeFileHandle(own, ownsHandle: true)
            : throw new IOException($"Cannot duplicate the descriptor: {Errno.LastFailure().Text}.");
    }

    /// <summary>A close after this sends a reset: the linger time is zero.</summary>
    internal static void ResetOnClose(int fd)
    {
        int* linger = stackalloc int[] { 1, 0 };
        Libc.SetSocketOption(fd, Linux.SOL_SOCKET, Linux.SO_LINGER, linger, 2 * sizeof(int));
    }
}
