using System.Net;
using System.Net.Sockets;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Serves so many connections at a time of one source, and no more.</summary>
/// <remarks>
/// A source is an IPv4 address, or the first 64 bits of an IPv6 address, which is what one customer gets. Loopback
/// addresses and peers without an address (UNIX sockets) are never limited, nor those in <see cref="IsExempt"/>: behind
/// a proxy all clients have its address. Twisted: <c>policies.LimitConnectionsByPeer</c>.
/// </remarks>
public sealed class LimitConnectionsByPeerFactory : WrappingFactory
{
    private readonly int _limit;
    private readonly Dictionary<IPAddress, int> _connections = [];

    /// <summary>Limits the connections of a factory.</summary>
    /// <param name="inner">The factory.</param>
    /// <param name="limit">The most connections at a time of one source; at least 1.</param>
    public LimitConnectionsByPeerFactory(IProtocolFactory inner, int limit) : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _limit = limit;
    }

    /// <summary>Who is not limited, besides loopback: trusted proxies.</summary>
    public Func<IPAddress, bool>? IsExempt { get; init; }

    /// <summary>The sources that have a connection now.</summary>
    public int SourceCount => _connections.Count;

    /// <inheritdoc/>
    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        if (SourceOf(peer) is not { } source)
            return Inner.BuildProtocol(peer);
        int open = _connections.GetValueOrDefault(source);
        if (open >= _limit || Inner.BuildProtocol(peer) is not { } protocol)
            return null;
        _connections[source] = open + 1;
        return new CountedProtocol(protocol, () => Leave(source));
    }

    /// <inheritdoc/>
    protected override IProtocol Wrap(IProtocol protocol) => protocol; // BuildProtocol knows the peer and wraps

    private void Leave(IPAddress source)
    {
        if (--_connections[source] == 0)
            _connections.Remove(source);
    }

    private IPAddress? SourceOf(EndPoint peer)
    {
        if (peer is not IPEndPoint { Address: var address })
            return null;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address) || IsExempt?.Invoke(address) == true)
            return null;
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address;
        byte[] network = address.GetAddressBytes();
        network.AsSpan(8).Clear();
        return new IPAddress(network);
    }
}
