using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>The log messages of this room. Event ids 1010 to 1019.</summary>
internal static partial class LogText
{
    [LoggerMessage(1010, LogLevel.Information, "{Text}")]
    internal static partial void Message(ILogger log, string text);

    [LoggerMessage(1011, LogLevel.Error, "{Why}")]
    internal static partial void Failure(ILogger log, Exception failure, string why);

    [LoggerMessage(EventId = 1012, Message = "{Text}")]
    internal static partial void Said(ILogger log, LogLevel level, string text, Exception? failure);

    [LoggerMessage(EventId = 1013, Message = "{Line}")]
    internal static partial void Printed(ILogger log, LogLevel level, string line);
}
