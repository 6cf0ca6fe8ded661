namespace Twisted.Internet;

/// <summary>
/// What only UDP can do; ask with <c>transport.Get&lt;IUdpTransport&gt;()</c>. Reactor thread only.
/// </summary>
public interface IUdpTransport
{
    /// <summary>
    /// Whether datagrams may go to broadcast addresses; false unless set. Twisted: <c>setBroadcastAllowed</c>.
    /// </summary>
    bool BroadcastAllowed { get; set; }
}
