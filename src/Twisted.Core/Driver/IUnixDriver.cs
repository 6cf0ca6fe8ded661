using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Twisted.Internet;

/// <summary>A driver that has UNIX sockets.</summary>
internal interface IUnixDriver
{
    /// <summary>Opens a listening stream socket; closing it removes what it has put into the file system.</summary>
    /// <exception cref="CannotListenException">It cannot be had.</exception>
    IListenDriver ListenUnix(UnixDomainSocketEndPoint address, UnixListenOptions options);

    /// <summary>Starts to connect; see <see cref="IReactorDriver.Connect"/>.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="checksLock">Whether a living process must hold the socket's lock file.</param>
    /// <exception cref="ConnectException">It failed at once.</exception>
    ISocketDriver ConnectUnix(UnixDomainSocketEndPoint address, bool checksLock);

    /// <summary>Opens a datagram socket; without an address it has none.</summary>
    /// <exception cref="CannotListenException">It cannot be had.</exception>
    IDatagramDriver BindUnix(UnixDomainSocketEndPoint? address, UnixFileMode mode);
}

/// <summary>A stream socket that carries descriptors beside its bytes.</summary>
internal interface IDescriptorSocket : ISocketDriver
{
    /// <summary>The most that go with one send, and that one receive takes: a message with more breaks it.</summary>
    const int MostDescriptors = 64;

    /// <summary>A descriptor of our own for the same open file.</summary>
    /// <exception cref="IOException">There is none to be had.</exception>
    SafeFileHandle Duplicate(SafeHandle descriptor);

    /// <summary>Sends, the descriptors with the first byte: they go with at least that, or nothing goes.</summary>
    int Send(ReadOnlySpan<byte> data, ReadOnlySpan<SafeFileHandle> descriptors);

    /// <summary>Receives, and adds the descriptors that came with the first byte.</summary>
    int Receive(Span<byte> buffer, List<SafeFileHandle> descriptors);
}

/// <summary>A driver that goes on with sockets that somebody else has opened.</summary>
/// <remarks>
/// A descriptor of the wrong kind is refused by <see cref="ArgumentException"/> and stays the caller's; one that is
/// taken is the driver's, and the handle is invalid.
/// </remarks>
internal interface IAdoptDriver
{
    /// <summary>A listening stream socket.</summary>
    IListenDriver AdoptListener(SafeHandle socket);

    /// <summary>A connected stream socket.</summary>
    ISocketDriver AdoptConnection(SafeHandle socket);

    /// <summary>A bound UDP socket.</summary>
    IDatagramDriver AdoptDatagrams(SafeHandle socket);
}
