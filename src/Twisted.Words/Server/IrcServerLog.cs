using Microsoft.Extensions.Logging;

namespace Twisted.Words;

/// <summary>What the IRC server logs. Passwords are never among it.</summary>
internal static partial class IrcServerLog
{
    [LoggerMessage(2020, LogLevel.Information, "IRC: {User} has come, account {Account}")]
    internal static partial void Registered(ILogger log, string user, string account);

    [LoggerMessage(2021, LogLevel.Information, "IRC: {User} has gone: {Reason}")]
    internal static partial void Gone(ILogger log, string user, string reason);

    [LoggerMessage(2022, LogLevel.Warning, "IRC: a login from {Host} was refused: {Reason}")]
    internal static partial void LoginRefused(ILogger log, string host, string reason);

    [LoggerMessage(2023, LogLevel.Warning, "IRC: {User} is an operator now, as {Name}")]
    internal static partial void OperatorMade(ILogger log, string user, string name);

    [LoggerMessage(2024, LogLevel.Warning, "IRC: {User} was not made an operator: {Reason}")]
    internal static partial void OperatorRefused(ILogger log, string user, string reason);

    [LoggerMessage(2025, LogLevel.Warning, "IRC: {Operator} has ended the connection of {User}: {Reason}")]
    internal static partial void Killed(ILogger log, string @operator, string user, string reason);

    [LoggerMessage(2026, LogLevel.Warning, "IRC: {Operator} ends the server")]
    internal static partial void Dying(ILogger log, string @operator);

    [LoggerMessage(2027, LogLevel.Error, "IRC: the message of the day stays as it was")]
    internal static partial void MotdFailed(ILogger log, Exception failure);

    [LoggerMessage(2028, LogLevel.Error, "IRC: a login of {User} has failed: the user store is broken")]
    internal static partial void StoreFailed(ILogger log, Exception failure, string user);
}
