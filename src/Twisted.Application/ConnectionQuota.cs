using System.Net;
using Microsoft.Extensions.Logging;

namespace Twisted.Application;

/// <summary>So many connections at a time, of one server or of several together.</summary>
/// <remarks>
/// One more is closed at once. The first of a burst is told to the log, and while it goes on every ten seconds how many
/// there were. Reactor thread only. See <see cref="StreamServerService.Quota"/>.
/// </remarks>
public sealed class ConnectionQuota
{
    private const int PercentOfDescriptors = 80; // the rest is for files, pipes and the runtime itself

    private static readonly TimeSpan QuietTime = TimeSpan.FromSeconds(10);

    private readonly int _limit;
    private readonly string _setting;
    private readonly IReactorTime _clock;
    private readonly ILogger _log;
    private int _open;
    private int _untold;
    private bool _isQuiet;

    /// <summary>A quota.</summary>
    /// <param name="limit">The number; 0 is without limit.</param>
    /// <param name="setting">Which setting says so, for the log.</param>
    /// <param name="clock">The reactor.</param>
    /// <param name="log">Where it is told.</param>
    public ConnectionQuota(int limit, string setting, IReactorTime clock, ILogger log)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(log);
        _limit = limit;
        _setting = setting;
        _clock = clock;
        _log = log;
    }

    /// <summary>The number for who gives none: four fifths of the descriptors that a process may have.</summary>
    /// <param name="descriptors">Their number; null for any, and then so it is with the connections.</param>
    public static int Usual(int? descriptors) =>
        descriptors is { } most ? (int)Math.Max(1, (long)most * PercentOfDescriptors / 100) : 0;

    /// <summary>A quota that these connections count in as well; none unless set.</summary>
    public ConnectionQuota? Within { get; init; }

    /// <summary>Takes a place, which has to be given back.</summary>
    /// <returns>False when there is none.</returns>
    internal bool TryTake(EndPoint peer)
    {
        if (_limit > 0 && _open >= _limit)
        {
            Refused(peer);
            return false;
        }
        if (Within?.TryTake(peer) == false)
            return false;
        _open++;
        return true;
    }

    internal void GiveBack()
    {
        _open--;
        Within?.GiveBack();
    }

    private void Refused(EndPoint peer)
    {
        if (_isQuiet)
        {
            _untold++;
            return;
        }
        ApplicationLog.LimitReached(_log, _limit, _setting, peer);
        _isQuiet = true;
        _clock.CallLater(QuietTime, Tell);
    }

    private void Tell()
    {
        _isQuiet = _untold > 0;
        if (!_isQuiet)
            return;
        ApplicationLog.StillFull(_log, _limit, _setting, _untold, QuietTime.TotalSeconds);
        _untold = 0;
        _clock.CallLater(QuietTime, Tell);
    }
}
