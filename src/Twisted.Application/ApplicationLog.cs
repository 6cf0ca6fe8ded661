using Microsoft.Extensions.Logging;

namespace Twisted.Application;

/// <summary>The log messages of this room. Event ids 1600 to 1699.</summary>
internal static partial class ApplicationLog
{
    [LoggerMessage(1600, LogLevel.Error, "{Service} failed and calls no more")]
    internal static partial void TimerFailed(ILogger log, Exception failure, TimerService service);

    [LoggerMessage(1601, LogLevel.Warning,
        "{Count} connections of {Service} were still busy {Time} after they were asked to end, and were aborted")]
    internal static partial void NotDrained(ILogger log, int count, Service service, TimeSpan time);

    [LoggerMessage(1602, LogLevel.Warning, "{Service} cannot connect ({Reason}); attempt {Count} comes in {Delay}")]
    internal static partial void ConnectFailed(ILogger log, Service service, string reason, int count, TimeSpan delay);

    [LoggerMessage(1603, LogLevel.Warning,
        "The limit of {Limit} connections ({Setting}) is reached: the one from {Peer} was closed at once")]
    internal static partial void LimitReached(ILogger log, int limit, string setting, object peer);

    [LoggerMessage(1604, LogLevel.Warning,
        "Over the limit of {Limit} connections ({Setting}), {Count} more were closed in {Seconds} seconds")]
    internal static partial void StillFull(ILogger log, int limit, string setting, int count, double seconds);
}
