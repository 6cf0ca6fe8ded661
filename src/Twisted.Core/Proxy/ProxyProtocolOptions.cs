using System.Net;

namespace Twisted.Protocols;

/// <summary>Whom to believe a PROXY header, how long to wait for it, and how long it may be.</summary>
public sealed record ProxyProtocolOptions
{
    internal static readonly ProxyProtocolOptions Default = new();

    private readonly TimeSpan _headerTimeout = TimeSpan.FromSeconds(30);
    private readonly int _maxTlvLength = 4096;

    /// <summary>
    /// The proxies: every other peer is refused before it has said a word. Null, and nothing else, believes everybody:
    /// only where nobody but the proxy can reach the port, because whoever can names any address as his own.
    /// </summary>
    public IReadOnlyList<IPNetwork>? TrustedSources { get; init; }

    /// <summary>From the connection to the end of its header; 30 seconds unless set.</summary>
    public TimeSpan HeaderTimeout
    {
        get => _headerTimeout;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(HeaderTimeout));
            _headerTimeout = value;
        }
    }

    /// <summary>
    /// How much a header of version 2 may be longer than 536 bytes, for its further information: 4096 unless set, 65535
    /// at the most. A certificate of the client is larger than most other things.
    /// </summary>
    public int MaxTlvLength
    {
        get => _maxTlvLength;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(MaxTlvLength));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ushort.MaxValue, nameof(MaxTlvLength));
            _maxTlvLength = value;
        }
    }

    internal bool Trusts(EndPoint peer)
    {
        if (TrustedSources is null)
            return true;
        if (peer is not IPEndPoint { Address: var address })
            return false;
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return TrustedSources.Any(network => network.Contains(address));
    }
}
