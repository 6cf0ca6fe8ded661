using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>A socket whose completions go through a <see cref="CompletionQueue"/>.</summary>
internal abstract class PortableSource : IReadySource
{
    protected PortableSource(CompletionQueue queue, Socket socket)
    {
        Queue = queue;
        Socket = socket;
        socket.Blocking = false;
    }

    /// <summary>Whether it stands in the queue to be raised already.</summary>
    public bool IsQueued { get; set; }

    protected CompletionQueue Queue { get; }

    protected Socket Socket { get; }

    protected bool IsClosed { get; private set; }

    /// <summary>An operation of it has ended.</summary>
    internal abstract void Ended(Operation operation);

    /// <summary>Raises what is ready, and sees to it that it hears of what comes next.</summary>
    public abstract void Raise();

    /// <summary>A socket of the family that the address needs.</summary>
    /// <exception cref="SocketException">There is none to be had.</exception>
    protected static Socket Open(EndPoint address, SocketType type, ProtocolType protocol)
    {
        var socket = new Socket(address.AddressFamily, type,
            address.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : protocol);
        // As Linux has it, where :: is every address: elsewhere the default differs.
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
            socket.DualMode = true;
        return socket;
    }

    /// <summary>The same, bound to a name in the file system or to an abstract one, with its permissions.</summary>
    /// <exception cref="CannotListenException">There is none to be had.</exception>
    protected static Socket Open(
        UnixDomainSocketEndPoint address, SocketType type, UnixSocketFile file, UnixFileMode mode)
    {
        Socket? socket = null;
        try
        {
            socket = Open(address, type, ProtocolType.Unspecified);
            socket.Bind(new UnixBinding(address));
            file.Bound(mode);
            return socket;
        }
        catch (Exception failure)
        {
            socket?.Dispose();
            file.Release();
            if (failure is SocketException refused)
                throw FailureText.ListeningUnix(address, SocketFailure.Of(refused));
            throw;
        }
    }

    /// <summary>An operation that waits for something to read, without a buffer.</summary>
    protected Operation WaitingForBytes(SocketFlags flags)
    {
        var operation = new Operation(Queue, this) { SocketFlags = flags };
        operation.SetBuffer(Memory<byte>.Empty);
        return operation;
    }

    /// <summary>Closes the socket; what is under way ends as aborted, and nobody is told.</summary>
    /// <param name="reset">By a reset.</param>
    /// <param name="operations">Its operations, as far as it has them.</param>
    protected void CloseSocket(bool reset, params ReadOnlySpan<Operation?> operations)
    {
        IsClosed = true;
        if (reset)
            Socket.Close(timeout: 0);
        else
            Socket.Dispose();
        foreach (Operation? operation in operations)
            operation?.Dispose();
    }
}
