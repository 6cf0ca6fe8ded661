using Microsoft.Extensions.Logging;

namespace Twisted.Words;

/// <summary>The log messages of this room. Event ids 2000 to 2019.</summary>
internal static partial class IrcLog
{
    [LoggerMessage(2000, LogLevel.Error, "IRC: a callback failed in answer to {Command}")]
    internal static partial void CallbackFailed(ILogger log, Exception failure, string command);

    [LoggerMessage(2001, LogLevel.Warning, "IRC: the connection is closed: {Reason}")]
    internal static partial void Closing(ILogger log, string reason);

    [LoggerMessage(2002, LogLevel.Debug, "IRC: a line of {Length} bytes is no message")]
    internal static partial void BadLine(ILogger log, int length);

    [LoggerMessage(2003, LogLevel.Debug, "IRC: a CTCP query was not answered: too many")]
    internal static partial void CtcpLimited(ILogger log);

    [LoggerMessage(2010, LogLevel.Debug, "IRC: DCC of {User} is refused: {Problem}")]
    internal static partial void DccRefused(ILogger log, string user, string problem);
}
