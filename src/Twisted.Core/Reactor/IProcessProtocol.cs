namespace Twisted.Internet;

/// <summary>Hears of a child process. Users derive from ProcessProtocol. Twisted: <c>IProcessProtocol</c>.</summary>
public interface IProcessProtocol
{
    /// <summary>The process runs.</summary>
    /// <param name="transport">The process.</param>
    void MakeConnection(IProcessTransport transport);

    /// <summary>The child wrote.</summary>
    /// <param name="childFd">Its descriptor: 1 is standard output, 2 standard error.</param>
    /// <param name="data">The bytes: yours only until you return.</param>
    void ChildDataReceived(int childFd, ReadOnlySpan<byte> data);

    /// <summary>The child closed a descriptor.</summary>
    /// <param name="childFd">Which.</param>
    void ChildConnectionLost(int childFd);

    /// <summary>The process has ended; its pipes may still hold data.</summary>
    /// <param name="reason">How.</param>
    void ProcessExited(Exception reason);

    /// <summary>The process has ended and all its pipes are closed. Last.</summary>
    /// <param name="reason">How.</param>
    void ProcessEnded(Exception reason);
}
