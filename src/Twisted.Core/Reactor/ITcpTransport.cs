namespace Twisted.Internet;

/// <summary>
/// What only TCP can do; ask with <c>transport.Get&lt;ITcpTransport&gt;()</c>. Twisted: <c>ITCPTransport</c>.
/// </summary>
public interface ITcpTransport
{
    /// <summary>Whether small segments go out at once (TCP_NODELAY).</summary>
    bool NoDelay { get; set; }

    /// <summary>Whether the system probes a silent connection (SO_KEEPALIVE).</summary>
    bool KeepAlive { get; set; }
}
