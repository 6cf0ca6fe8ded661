namespace Twisted.Internet;

/// <summary>Hears of a child process: override what you want to hear of. Twisted: <c>ProcessProtocol</c>.</summary>
public abstract class ProcessProtocol : IProcessProtocol
{
    private IProcessTransport? _transport;

    /// <summary>The process. There from <see cref="ConnectionMade"/> on.</summary>
    /// <exception cref="InvalidOperationException">There is no process yet.</exception>
    public IProcessTransport Transport =>
        _transport ?? throw new InvalidOperationException("This protocol has no process yet.");

    void IProcessProtocol.MakeConnection(IProcessTransport transport)
    {
        _transport = transport;
        ConnectionMade();
    }

    void IProcessProtocol.ChildDataReceived(int childFd, ReadOnlySpan<byte> data) => ChildDataReceived(childFd, data);

    void IProcessProtocol.ChildConnectionLost(int childFd) => ChildConnectionLost(childFd);

    void IProcessProtocol.ProcessExited(Exception reason) => ProcessExited(reason);

    void IProcessProtocol.ProcessEnded(Exception reason) => ProcessEnded(reason);

    /// <summary>The process runs.</summary>
    protected virtual void ConnectionMade() { }

    /// <summary>The child wrote to its standard output.</summary>
    /// <param name="data">The bytes: yours only until you return.</param>
    protected virtual void OutReceived(ReadOnlySpan<byte> data) { }

    /// <summary>The child wrote to its standard error.</summary>
    /// <param name="data">The bytes: yours only until you return.</param>
    protected virtual void ErrReceived(ReadOnlySpan<byte> data) { }

    /// <summary>The child wrote; by default to OutReceived or ErrReceived.</summary>
    /// <param name="childFd">Its descriptor.</param>
    /// <param name="data">The bytes: yours only until you return.</param>
    protected virtual void ChildDataReceived(int childFd, ReadOnlySpan<byte> data)
    {
        if (childFd == 1)
            OutReceived(data);
        else if (childFd == 2)
            ErrReceived(data);
    }

    /// <summary>The child closed a descriptor.</summary>
    /// <param name="childFd">Which.</param>
    protected virtual void ChildConnectionLost(int childFd) { }

    /// <summary>The process has ended; its pipes may still hold data.</summary>
    /// <param name="reason">How.</param>
    protected virtual void ProcessExited(Exception reason) { }

    /// <summary>The process has ended and all its pipes are closed. Last.</summary>
    /// <param name="reason">How.</param>
    protected virtual void ProcessEnded(Exception reason) { }
}
