using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>A child process, as its protocol sees it. Reactor thread only. Twisted: <c>IProcessTransport</c>.</summary>
public interface IProcessTransport
{
    /// <summary>The process id.</summary>
    int Pid { get; }

    /// <summary>Writes to the child's standard input. What comes after its end is dropped.</summary>
    /// <param name="data">The bytes.</param>
    void Write(ReadOnlySpan<byte> data);

    /// <summary>Writes to another descriptor of the child.</summary>
    /// <param name="childFd">Its number in the child.</param>
    /// <param name="data">The bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The child was not given a pipe of that number.</exception>
    void WriteToChild(int childFd, ReadOnlySpan<byte> data);

    /// <summary>
    /// Closes the child's standard input when what is buffered has gone. A terminal has no standard input of its own:
    /// there it does nothing.
    /// </summary>
    void CloseStdin();

    /// <summary>Closes all pipes, when what is buffered for them has gone. The process goes on.</summary>
    void LoseConnection();

    /// <summary>Sends a signal.</summary>
    /// <param name="signal">Which; a number of the system's own is cast to it.</param>
    /// <exception cref="ProcessExitedAlreadyException">It is gone.</exception>
    void SignalProcess(PosixSignal signal);

    /// <summary>Kills it.</summary>
    /// <exception cref="ProcessExitedAlreadyException">It is gone.</exception>
    void Kill();
}
