using System.Net;
using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>What a reactor needs of its platform to run child processes; a driver that can has it besides.</summary>
internal interface IProcessDriver
{
    /// <summary>Starts a process. The options have been checked.</summary>
    /// <exception cref="CannotSpawnException">There is no process, and nothing is left of the attempt.</exception>
    /// <exception cref="PlatformNotSupportedException">The platform cannot do what the options ask for.</exception>
    IChildDriver Spawn(ProcessOptions options);
}

/// <summary>A child process of a driver.</summary>
internal interface IChildDriver
{
    int Pid { get; }

    /// <summary>Our ends of its pipes; a terminal is one of both directions, number 1.</summary>
    IReadOnlyList<ChildPipe> Pipes { get; }

    /// <summary>Who is told, from inside a poll and once, that it has ended; it has been reaped by then.</summary>
    void SetListener(Action<ProcessExit> exited);

    /// <summary>Sends a signal.</summary>
    /// <returns>False when the process is gone.</returns>
    /// <exception cref="PlatformNotSupportedException">There is no such signal here.</exception>
    bool Signal(PosixSignal signal);

    /// <summary>Kills it.</summary>
    /// <returns>False when the process is gone.</returns>
    bool Kill();

    /// <summary>Sets the size of its terminal's window; only for one that has a terminal.</summary>
    void Resize(TerminalSize size);

    /// <summary>Lets it go: nothing is told any more. Its pipes are closed one by one. Safe to repeat.</summary>
    void Close();
}

/// <summary>Our end of one of a child's pipes.</summary>
/// <param name="ChildFd">Its number in the child.</param>
/// <param name="Stream">Our end, with the readiness that all streams have.</param>
/// <param name="Access">What we do with it.</param>
internal readonly record struct ChildPipe(int ChildFd, ISocketDriver Stream, FileAccess Access);

/// <summary>What a reactor needs of its platform for its own standard input and output.</summary>
internal interface IStandardIODriver
{
    /// <summary>Both as one stream; null is the program's own.</summary>
    /// <exception cref="IOException">They cannot be used.</exception>
    ISocketDriver OpenStandardIO(SafeHandle? input, SafeHandle? output);
}

/// <summary>The address of what has no address: a pipe of a process, standard input and output.</summary>
internal sealed class PipeEndPoint(string name) : EndPoint
{
    /// <summary>The name of standard input and output.</summary>
    internal static PipeEndPoint StandardIO { get; } = new("standard input and output");

    public override string ToString() => name;
}
