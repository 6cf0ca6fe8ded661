using System.Net;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Serves so many connections at a time and no more.</summary>
/// <remarks>
/// One more is closed at once, or served by <see cref="Overflow"/>, which should say why and close: overflowing
/// connections are counted apart, and there are never more of them than of the others.
/// Twisted: <c>policies.LimitTotalConnectionsFactory</c>.
/// </remarks>
public sealed class LimitTotalConnectionsFactory : WrappingFactory
{
    private readonly int _limit;
    private int _overflowing;

    /// <summary>Limits the connections of a factory.</summary>
    /// <param name="inner">The factory.</param>
    /// <param name="limit">The most connections at a time; at least 1.</param>
    public LimitTotalConnectionsFactory(IProtocolFactory inner, int limit) : base(inner)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        _limit = limit;
    }

    /// <summary>Builds the protocol of a connection too many; null closes it at once.</summary>
    public Func<IProtocol>? Overflow { get; init; }

    /// <summary>The connections that are served now, without those that overflow.</summary>
    public int ConnectionCount { get; private set; }

    /// <inheritdoc/>
    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        if (ConnectionCount < _limit)
            return base.BuildProtocol(peer);
        if (Overflow is null || _overflowing >= _limit)
            return null;
        IProtocol protocol = Overflow();
        _overflowing++;
        return new CountedProtocol(protocol, () => _overflowing--);
    }

    /// <inheritdoc/>
    protected override IProtocol Wrap(IProtocol protocol)
    {
        ConnectionCount++;
        return new CountedProtocol(protocol, () => ConnectionCount--);
    }
}
