using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

#pragma warning disable CA1816 // a refused descriptor is still its owner's: no finalizer may close it

/// <summary>
/// Takes descriptors over from handles. One of the wrong kind is refused and stays its handle's; one that is taken is
/// ours alone.
/// </summary>
internal static class PortableAdoption
{
    internal static Socket Listener(SafeHandle handle) => Take(handle, SocketType.Stream, socket =>
        (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.AcceptConnection)! != 0
            ? null
            : "a stream socket that does not listen");

    internal static Socket Connection(SafeHandle handle) => Take(handle, SocketType.Stream, socket =>
        socket.Connected ? null : "a stream socket that is not connected");

    internal static Socket Datagrams(SafeHandle handle) => Take(handle, SocketType.Dgram, socket =>
        socket.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6
            ? null
            : "a datagram socket, but none of UDP");

    private static Socket Take(SafeHandle handle, SocketType type, Func<Socket, string?> findFault)
    {
        ObjectDisposedException.ThrowIf(handle.IsClosed || handle.IsInvalid, handle);
        // A handle of .NET's own may be known to its event loop, which would not take the number a second time.
        SafeSocketHandle own = handle as SafeSocketHandle
            ?? new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: true);
        bool isNew = !ReferenceEquals(own, handle);
        Socket? socket = null;
        try
        {
            socket = new Socket(own);
            string? fault = socket.SocketType == type ? findFault(socket) : $"a socket of type {socket.SocketType}";
            if (fault is not null)
            {
                throw new ArgumentException(
                    $"Descriptor {handle.DangerousGetHandle()} is {fault}.", nameof(handle));
            }
            if (isNew)
                handle.SetHandleAsInvalid();
            return socket;
        }
        catch (Exception failure)
        {
            if (socket is not null)
                GC.SuppressFinalize(socket);
            if (isNew)
                own.SetHandleAsInvalid();
            if (failure is SocketException)
            {
                throw new ArgumentException($"Descriptor {handle.DangerousGetHandle()} is no socket: {failure.Message}",
                    nameof(handle), failure);
            }
            throw;
        }
    }
}
