using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// A reactor that hands its listening sockets over to the process that comes after this one, so that a restart refuses
/// nobody: while both serve, each connection is accepted by one of them.
/// </summary>
/// <remarks>
/// The descriptors travel by <see cref="ISendsFileDescriptors"/>; <c>twistd --takeover</c> does all of it.
/// </remarks>
public interface IReactorHandover
{
    /// <summary>A descriptor of the caller's own for each stream and UDP port that is open.</summary>
    /// <exception cref="IOException">The process has no descriptor left.</exception>
    IReadOnlyList<SafeHandle> DuplicatePorts();

    /// <summary>
    /// The successor serves: what the UNIX ports have in the file system, names and locks, is its own from now on, and
    /// stays when ours are closed.
    /// </summary>
    void LeavePorts();

    /// <summary>
    /// Takes sockets of a predecessor: a port that is opened for the address of one of them uses that one. Port 0 takes
    /// one of any number.
    /// </summary>
    /// <param name="ports">Their descriptors, ours from now on.</param>
    /// <returns>Disposed, it closes those that no port was opened for.</returns>
    /// <exception cref="ArgumentException">One is no socket that is bound.</exception>
    IDisposable Inherit(IReadOnlyList<SafeHandle> ports);
}
