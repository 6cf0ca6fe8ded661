using Microsoft.Extensions.Logging;

namespace Twisted.Channels;

/// <summary>The log messages of this room. Event ids 1800 to 1819.</summary>
internal static partial class ChannelLog
{
    [LoggerMessage(1800, LogLevel.Information, "Node {Id}: node {Other} is up, at {Peer}")]
    internal static partial void Up(ILogger log, int id, int other, string peer);

    [LoggerMessage(1801, LogLevel.Warning, "Node {Id}: node {Other} is down: {Reason}")]
    internal static partial void Down(ILogger log, int id, int other, string reason);

    [LoggerMessage(1802, LogLevel.Warning, "Node {Id}: a connection from {Peer} was refused: {Reason}")]
    internal static partial void Refused(ILogger log, int id, string peer, string reason);

    [LoggerMessage(1803, LogLevel.Debug, "Node {Id}: a connection from {Peer} ended before its handshake: {Reason}")]
    internal static partial void EndedEarly(ILogger log, int id, string peer, string reason);

    [LoggerMessage(1804, LogLevel.Warning,
        "Node {Id}: a connection from {Newer} says it is node {Other}, which is up at {Older}; that one is asked")]
    internal static partial void Contested(ILogger log, int id, string newer, int other, string older);

    [LoggerMessage(1805, LogLevel.Error, "Node {Id}: the receiver of '{Service}' failed with a message of node {From}")]
    internal static partial void ReceiverFailed(ILogger log, Exception failure, int id, string service, int from);

    [LoggerMessage(1806, LogLevel.Error, "Node {Id}: {What} failed")]
    internal static partial void EventFailed(ILogger log, Exception failure, int id, string what);

    [LoggerMessage(1807, LogLevel.Debug, "Node {Id}: a post of node {From} was dropped: {Answer}")]
    internal static partial void Dropped(ILogger log, int id, int from, MessageAnswer answer);

    [LoggerMessage(1808, LogLevel.Information, "Node {Id}: the console is closed")]
    internal static partial void ConsoleClosed(ILogger log, int id);

    [LoggerMessage(1809, LogLevel.Warning,
        "Node {Id}: another node has this number and is up: give each node a number of its own")]
    internal static partial void NumberTaken(ILogger log, int id);

    [LoggerMessage(1810, LogLevel.Warning, "Node {Id}: node {Other} is not heard: {Limit} nodes are the limit")]
    internal static partial void TooManyNodes(ILogger log, int id, int other, int limit);

    [LoggerMessage(1811, LogLevel.Debug, "Node {Id}: a message of {Length} bytes on its subjects makes no sense")]
    internal static partial void Foreign(ILogger log, int id, int length);
}
