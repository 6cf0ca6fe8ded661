using System.Net;

namespace Twisted.Internet;

/// <summary>
/// Builds a protocol for each connection. Users derive from Factory. Twisted: <c>IProtocolFactory</c>.
/// </summary>
public interface IProtocolFactory
{
    /// <summary>A protocol for a connection to this peer, or null to refuse it.</summary>
    /// <param name="peer">The other side.</param>
    IProtocol? BuildProtocol(EndPoint peer);

    /// <summary>A port or connector begins to use this factory.</summary>
    void DoStart();

    /// <summary>A port or connector has stopped using it.</summary>
    void DoStop();
}
