using System.Net;
using Microsoft.Extensions.Logging;

namespace Twisted.Protocols;

/// <summary>The log messages of this room. Event ids 1200 to 1209.</summary>
internal static partial class ProxyLog
{
    // No warning: whoever reaches the port can cause them.
    [LoggerMessage(1200, LogLevel.Information,
        "The PROXY header from {Peer} is refused: {Reason}. Refused since the last such line: {Count}.")]
    internal static partial void Refused(ILogger log, EndPoint peer, string reason, int count);
}
