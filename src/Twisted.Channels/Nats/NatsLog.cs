using Microsoft.Extensions.Logging;

namespace Twisted.Channels.Nats;

/// <summary>The log messages of this room. Event ids 1820 to 1829.</summary>
internal static partial class NatsLog
{
    [LoggerMessage(1820, LogLevel.Information, "The NATS server {Server} (version {Version}) is up")]
    internal static partial void Up(ILogger log, string server, string version);

    [LoggerMessage(1821, LogLevel.Warning, "The NATS server is down: {Reason}")]
    internal static partial void Down(ILogger log, string reason);

    [LoggerMessage(1822, LogLevel.Warning, "The NATS server refuses: {Error}")]
    internal static partial void Refused(ILogger log, string error);

    [LoggerMessage(1823, LogLevel.Error, "The receiver of '{Subject}' failed with a message")]
    internal static partial void ReceiverFailed(ILogger log, Exception failure, string subject);

    [LoggerMessage(1824, LogLevel.Error, "A handler of {What} failed")]
    internal static partial void EventFailed(ILogger log, Exception failure, string what);
}
