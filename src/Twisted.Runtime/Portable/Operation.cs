using System.Net.Sockets;

namespace Twisted.Internet;

/// <summary>
/// An operation of a socket that the system may finish later. Where it finishes does not matter: it is posted, and
/// ends on the reactor thread. The execution context does not flow: no user code runs in it.
/// </summary>
internal sealed class Operation(CompletionQueue queue, PortableSource source)
    : SocketAsyncEventArgs(unsafeSuppressExecutionContextFlow: true), ICompletion
{
    /// <summary>It was begun and has not ended. Reactor thread only, as everything but the completion itself.</summary>
    internal bool IsPending { get; private set; }

    /// <summary>How it ended.</summary>
    internal SocketError Error { get; private set; }

    /// <summary>Begins it.</summary>
    /// <param name="socket">On this socket.</param>
    /// <param name="begin">By this method; false from it means that the operation has ended at once.</param>
    internal void Begin(Socket socket, Func<Socket, SocketAsyncEventArgs, bool> begin)
    {
        try
        {
            IsPending = begin(socket, this);
            Error = SocketError;
        }
        catch (SocketException failure)
        {
            Error = failure.SocketErrorCode; // what an operation needs first, such as a socket to accept with
        }
        catch (OutOfMemoryException)
        {
            Error = SocketError.NoBufferSpaceAvailable; // so .NET says that the system cannot watch one more
        }
    }

    /// <summary>The poll has taken it from the queue.</summary>
    public void End()
    {
        IsPending = false;
        Error = SocketError;
        source.Ended(this);
    }

    /// <summary>
    /// Nobody wants its result: a connection that came with it is reset, as those that wait at a port are.
    /// </summary>
    public void Abandon()
    {
        AcceptSocket?.Close(timeout: 0);
        AcceptSocket = null;
        Dispose();
    }

    protected override void OnCompleted(SocketAsyncEventArgs e) => queue.Post(this);
}
