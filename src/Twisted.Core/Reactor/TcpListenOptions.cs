namespace Twisted.Internet;

/// <summary>How to listen on a TCP port.</summary>
public sealed record TcpListenOptions
{
    /// <summary>The local address, IPv4 or IPv6; empty for every IPv4 one.</summary>
    public string Address { get; init; } = "";

    /// <summary>How many connections the system may hold for us; at least 1.</summary>
    public int Backlog { get; init; } = 128;

    /// <summary>
    /// Whether other sockets may listen on the same port (SO_REUSEPORT): the system deals the connections out to them,
    /// so that several reactors or processes share the load. All of them have to ask for it.
    /// </summary>
    public bool ReusePort { get; init; }
}
