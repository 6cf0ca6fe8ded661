using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Internet;

#pragma warning disable CA1816 // no finalizer may close a socket that is only looked at

/// <summary>Sockets that a predecessor has bound, until a port is opened for their address. Reactor thread.</summary>
internal sealed class TakenOverPorts : IDisposable
{
    private readonly List<(EndPoint Host, bool IsDatagram, SafeHandle Handle)> _left = [];

    internal TakenOverPorts(IReadOnlyList<SafeHandle> sockets)
    {
        foreach (SafeHandle handle in sockets)
            _left.Add(Describe(handle));
    }

    /// <summary>The listening socket of an address; null when there is none.</summary>
    internal SafeHandle? TakeListener(EndPoint address) => Take(address, isDatagram: false);

    /// <summary>The UDP socket of an address; null when there is none.</summary>
    internal SafeHandle? TakeDatagrams(EndPoint address) => Take(address, isDatagram: true);

    public void Dispose()
    {
        foreach ((_, _, SafeHandle handle) in _left)
            handle.Dispose();
        _left.Clear();
    }

    private SafeHandle? Take(EndPoint address, bool isDatagram)
    {
        int index = _left.FindIndex(socket => socket.IsDatagram == isDatagram && IsMeant(address, socket.Host));
        if (index < 0)
            return null;
        SafeHandle handle = _left[index].Handle;
        _left.RemoveAt(index);
        return handle;
    }

    private static bool IsMeant(EndPoint wanted, EndPoint host) => wanted is IPEndPoint { Port: 0 } any
        ? host is IPEndPoint bound && bound.Address.Equals(any.Address)
        : wanted.Equals(host);

    private static (EndPoint Host, bool IsDatagram, SafeHandle Handle) Describe(SafeHandle handle)
    {
        ObjectDisposedException.ThrowIf(handle.IsClosed || handle.IsInvalid, handle);
        var borrowed = new SafeSocketHandle(handle.DangerousGetHandle(), ownsHandle: false);
        Socket? socket = null;
        try
        {
            socket = new Socket(borrowed);
            return (socket.LocalEndPoint ?? throw new ArgumentException(
                $"Descriptor {handle.DangerousGetHandle()} is a socket that is not bound.", nameof(handle)),
                socket.SocketType == SocketType.Dgram, handle);
        }
        catch (SocketException failure)
        {
            throw new ArgumentException(
                $"Descriptor {handle.DangerousGetHandle()} is no socket: {failure.Message}", nameof(handle), failure);
        }
        finally
        {
            // A look at it, and no more: neither of the two may close what is not its own.
            if (socket is not null)
                GC.SuppressFinalize(socket);
            borrowed.SetHandleAsInvalid();
        }
    }
}
