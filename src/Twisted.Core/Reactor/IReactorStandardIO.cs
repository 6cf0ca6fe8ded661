using System.Runtime.InteropServices;

namespace Twisted.Internet;

/// <summary>Our own standard input and output as a connection. Reactor thread only.</summary>
/// <remarks>Twisted: <c>twisted.internet.stdio.StandardIO</c>.</remarks>
public interface IReactorStandardIO
{
    /// <summary>
    /// Connects a protocol to standard input and output: pipes, terminals, files. The program's own descriptors stay
    /// as they are: neither closed nor left without blocking.
    /// </summary>
    /// <param name="protocol">What reads and writes; its MakeConnection has run when this returns.</param>
    /// <param name="input">Instead of standard input; not owned, used until the connection ends.</param>
    /// <param name="output">Instead of standard output; not owned, used until the connection ends.</param>
    /// <exception cref="IOException">The descriptors cannot be used.</exception>
    ITransport OpenStandardIO(IProtocol protocol, SafeHandle? input = null, SafeHandle? output = null);
}
