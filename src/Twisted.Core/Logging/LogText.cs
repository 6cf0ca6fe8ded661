using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>The log messages of this room. Event ids 1010 to 1019.</summary>
internal static partial class LogText
{
    [LoggerMessage(1010, LogLevel.Information, "{Text}")]
    internal static partial void Message(ILogger log, string text);

    [LoggerMessage(1011, LogLevel.Error, "{Why}")]
    internal static partial void Failure(ILogger log, Exception failure, string why);
}
