using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>A bound socket of a driver that another process can go on with.</summary>
internal interface IPassedOnSocket
{
    /// <summary>A descriptor of the caller's own for it.</summary>
    /// <exception cref="IOException">There is none to be had.</exception>
    SafeHandle Duplicate();

    /// <summary>What it has in the file system is somebody else's from now on.</summary>
    void LeaveFile();
}
