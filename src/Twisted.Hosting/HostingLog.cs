using Microsoft.Extensions.Logging;

namespace Twisted.Hosting;

/// <summary>The log messages of this room. Event ids 1900 to 1999.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(1900, LogLevel.Information, "Listening on {Address} ({Server})")]
    internal static partial void Listening(ILogger log, string address, string server);

    [LoggerMessage(1901, LogLevel.Critical, "'{Service}' cannot start: {Reason}")]
    internal static partial void CannotStart(ILogger log, string service, string reason);

    [LoggerMessage(1902, LogLevel.Critical,
        "The reactor died of a defect: the host stops, with exit code {ExitCode}. Please report it.")]
    internal static partial void Died(ILogger log, Exception defect, int exitCode);

    [LoggerMessage(1903, LogLevel.Information, "The reactor was stopped: the host stops as well")]
    internal static partial void StoppedFromInside(ILogger log);

    [LoggerMessage(1904, LogLevel.Warning,
        "The host's ShutdownTimeout is over while {Count} connections have not finished: they are closed now. Give "
        + "the servers a shorter DrainTimeout, or the host more time.")]
    internal static partial void NotDrained(ILogger log, int count);

    [LoggerMessage(1905, LogLevel.Error,
        "The reactor does not end: a callback holds its thread, which is left behind. Never block in a callback.")]
    internal static partial void Stuck(ILogger log);

    [LoggerMessage(1906, LogLevel.Error, "A service did not stop as it should")]
    internal static partial void StopFailed(ILogger log, Exception failure);

    [LoggerMessage(1908, LogLevel.Error, "The scope of a connection of '{Server}' could not be disposed of")]
    internal static partial void ScopeFailed(ILogger log, Exception failure, string server);

    [LoggerMessage(1909, LogLevel.Warning,
        "The configuration {Path} is for nobody: there is no '{Name}' here, only {Known}")]
    internal static partial void NobodysSettings(ILogger log, string path, string name, string known);
}
