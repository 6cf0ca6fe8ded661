using Microsoft.Extensions.Logging;

namespace Twisted.Logging;

/// <summary>What the log says about itself. Event ids 1020 to 1029; 1010 to 1019 are those of LogText.</summary>
internal static class LogNames
{
    internal const string Category = "Twisted.Logging";

    internal static readonly EventId ObserverFailed = new(1020, nameof(ObserverFailed));
    internal static readonly EventId Repeated = new(1021, nameof(Repeated));
    internal static readonly EventId Lost = new(1022, nameof(Lost));
    internal static readonly EventId BegunTwice = new(1023, nameof(BegunTwice));
    internal static readonly EventId FileNotRotated = new(1024, nameof(FileNotRotated));

    internal static string Of(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        _ => "none",
    };
}
