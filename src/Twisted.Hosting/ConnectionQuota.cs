using System.Net;
using Microsoft.Extensions.Logging;

namespace Twisted.Hosting;

/// <summary>So many connections at a time, of one server or of several together. Reactor thread only.</summary>
/// <param name="limit">The number; 0 is without limit.</param>
/// <param name="setting">Which setting says so.</param>
/// <param name="clock">The reactor.</param>
/// <param name="log">Who is told when it is reached: once, and then every ten seconds while it lasts.</param>
internal sealed class ConnectionQuota(int limit, string setting, IReactorTime clock, ILogger log)
{
    private const int PercentOfDescriptors = 80;

    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(10);

    private int _open;
    private int _refused;
    private TimeSpan? _quietUntil;

    /// <summary>The limit for who gives none; 0 where the system has none either.</summary>
    internal static int Default => Reactor.DescriptorLimit is { } descriptors
        ? (int)Math.Max(1, (long)descriptors * PercentOfDescriptors / 100)
        : 0;

    /// <summary>Takes a place.</summary>
    /// <returns>False when there is none.</returns>
    internal bool TryTake(EndPoint peer)
    {
        if (limit > 0 && _open >= limit)
        {
            Refuse(peer);
            return false;
        }
        _open++;
        return true;
    }

    internal void GiveBack() => _open--;

    private void Refuse(EndPoint peer)
    {
        _refused++;
        if (clock.Now < _quietUntil)
            return;
        HostingLog.LimitReached(log, limit, setting, _refused, peer);
        _refused = 0;
        _quietUntil = clock.Now + QuietTime;
    }
}
