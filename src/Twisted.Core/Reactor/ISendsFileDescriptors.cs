using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>
/// A transport that can pass open files on; ask with <c>transport.Get&lt;ISendsFileDescriptors&gt;()</c>. UNIX stream
/// sockets on Linux can. Twisted: <c>IUNIXTransport.sendFileDescriptor</c>.
/// </summary>
public interface ISendsFileDescriptors
{
    /// <summary>
    /// Passes a descriptor to the peer, in order with the bytes: it rides on the next one that is written, and goes no
    /// sooner. Without another byte it is not sent at all.
    /// </summary>
    /// <param name="descriptor">An open descriptor. It is duplicated: close yours whenever you like.</param>
    /// <exception cref="IOException">It cannot be duplicated.</exception>
    void SendFileDescriptor(SafeHandle descriptor);
}
