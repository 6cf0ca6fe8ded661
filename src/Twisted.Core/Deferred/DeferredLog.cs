using Microsoft.Extensions.Logging;

namespace Twisted;

/// <summary>The log messages of this room. Event ids 1000 to 1009.</summary>
internal static partial class DeferredLog
{
    [LoggerMessage(1000, LogLevel.Error, "{What} failed")]
    internal static partial void DeferredFailed(ILogger log, Exception failure, string what);
}
