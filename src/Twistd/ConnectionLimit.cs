using System.Net;
using Microsoft.Extensions.Logging;

namespace Twisted.Daemon;

/// <summary>
/// Serves so many connections at a time. One more is closed at once; the first of a burst is told to the log, and while
/// it goes on every ten seconds how many there were.
/// </summary>
/// <param name="served">The limit: a process has one.</param>
/// <param name="limit">Its number.</param>
/// <param name="clock">The reactor.</param>
/// <param name="log">Where it is told.</param>
internal sealed partial class ConnectionLimit(
    LimitTotalConnectionsFactory served, int limit, IReactorTime clock, ILogger log) : WrappingFactory(served)
{
    private const int PercentOfDescriptors = 80; // the rest is for files, pipes and the runtime itself

    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(10);

    private int _untold;
    private bool _isQuiet;

    /// <summary>The number for who gives none; 0, without limit, where the system has none either.</summary>
    internal static int Default => Reactor.DescriptorLimit is { } descriptors
        ? (int)Math.Max(1, (long)descriptors * PercentOfDescriptors / 100)
        : 0;

    /// <summary>Limits a factory's connections, unless the number is 0.</summary>
    internal static IProtocolFactory Around(IProtocolFactory inner, int limit, IReactorTime clock, ILogger log) =>
        limit == 0
            ? inner
            : new ConnectionLimit(new LimitTotalConnectionsFactory(inner, limit), limit, clock, log);

    public override IProtocol? BuildProtocol(EndPoint peer)
    {
        if (served.ConnectionCount >= limit)
            Refused(peer);
        return served.BuildProtocol(peer);
    }

    protected override IProtocol Wrap(IProtocol protocol) =>
        throw new InvalidOperationException("The protocols are wrapped by the factory that counts them.");

    private void Refused(EndPoint peer)
    {
        if (_isQuiet)
        {
            _untold++;
            return;
        }
        LimitReached(log, limit, peer);
        _isQuiet = true;
        clock.CallLater(QuietTime, Tell);
    }

    private void Tell()
    {
        _isQuiet = _untold > 0;
        if (!_isQuiet)
            return;
        StillFull(log, limit, _untold, QuietTime.TotalSeconds);
        _untold = 0;
        clock.CallLater(QuietTime, Tell);
    }

    [LoggerMessage(1501, LogLevel.Warning,
        "The limit of {Limit} connections (--max-connections) is reached: the one from {Peer} was closed at once")]
    private static partial void LimitReached(ILogger log, int limit, EndPoint peer);

    [LoggerMessage(1502, LogLevel.Warning,
        "Over the limit of {Limit} connections, {Count} more were closed in {Seconds} seconds")]
    private static partial void StillFull(ILogger log, int limit, int count, double seconds);
}
