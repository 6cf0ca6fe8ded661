using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>The log of reactors that were given none: nobody who writes a first program misses an exception.</summary>
internal static class ReactorLog
{
    internal static ILoggerFactory ErrorsOnly { get; } =
        new TextLoggerFactory(Console.Error, LogLevel.Warning, TimeProvider.System);
}
