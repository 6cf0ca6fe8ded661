using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>Foreign descriptors in the loop. Reactor thread only. Twisted: <c>IReactorFDSet</c>.</summary>
public interface IReactorFds
{
    /// <summary>Watches a descriptor until the result is disposed.</summary>
    /// <param name="descriptor">Not owned: it is not closed here.</param>
    /// <param name="readable">Called while it can be read.</param>
    /// <param name="writable">Called while it can be written.</param>
    /// <returns>
    /// The watch. Dispose it before the descriptor: .NET's pipes, for one, wait in Dispose until nobody uses them.
    /// </returns>
    IDisposable Watch(SafeHandle descriptor, Action? readable, Action? writable);
}
