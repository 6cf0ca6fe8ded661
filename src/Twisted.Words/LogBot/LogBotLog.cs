using Microsoft.Extensions.Logging;

namespace Twisted.Words;

/// <summary>The log messages of the log bot. Event ids 2060 to 2079.</summary>
internal static partial class LogBotLog
{
    [LoggerMessage(2060, LogLevel.Error, "The disk refuses {Path} ({Reason}); lines wait in memory")]
    internal static partial void DiskRefuses(ILogger log, string path, string reason);

    [LoggerMessage(2061, LogLevel.Warning, "The disk takes {Path} again")]
    internal static partial void DiskTakesAgain(ILogger log, string path);

    [LoggerMessage(2062, LogLevel.Error, "{Path} was moved and cannot be opened anew; it goes on as it is: {Reason}")]
    internal static partial void NotReopened(ILogger log, string path, string reason);

    [LoggerMessage(2063, LogLevel.Error, "{Path} was closed without the last {Count} lines: the disk refused them")]
    internal static partial void Abandoned(ILogger log, string path, int count);

    [LoggerMessage(2064, LogLevel.Warning, "IRC: {Channel} cannot be joined ({Reason}); attempts go on")]
    internal static partial void NotJoined(ILogger log, string channel, string reason);

    [LoggerMessage(2065, LogLevel.Debug, "IRC: {User} got no answer: too many")]
    internal static partial void AnswerLimited(ILogger log, string user);

    [LoggerMessage(2066, LogLevel.Information,
        "Join with: irssi -c 127.0.0.1 -p {Port} -n you, then /join {Channel}; what is said there is in {File}")]
    internal static partial void HowToJoin(ILogger log, int port, string channel, string file);
}
