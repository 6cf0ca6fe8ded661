using System.Net;
using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>The log messages of this room. Event ids 1100 to 1199.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(1100, LogLevel.Error, "Unhandled error in {Source}")]
    internal static partial void Unhandled(ILogger log, Exception failure, string source);

    [LoggerMessage(1101, LogLevel.Information, "{Factory} starting on {Port}")]
    internal static partial void PortOpened(ILogger log, object factory, EndPoint port);

    [LoggerMessage(1102, LogLevel.Information, "(TCP Port {Port} Closed)")]
    internal static partial void PortClosed(ILogger log, EndPoint port);

    [LoggerMessage(1103, LogLevel.Information, "Starting factory {Factory}")]
    internal static partial void FactoryStarted(ILogger log, object factory);

    [LoggerMessage(1104, LogLevel.Information, "Stopping factory {Factory}")]
    internal static partial void FactoryStopped(ILogger log, object factory);

    [LoggerMessage(1105, LogLevel.Warning,
        "Out of descriptors: {Count} clients of {Port} were turned away. Raise the limit (ulimit -n) or accept fewer.")]
    internal static partial void ClientsRefused(ILogger log, int count, EndPoint port);

    [LoggerMessage(1106, LogLevel.Warning,
        "Out of descriptors and no reserve: {Port} rests for {Delay}. Raise the limit (ulimit -n).")]
    internal static partial void PortRests(ILogger log, EndPoint port, TimeSpan delay);

    [LoggerMessage(1107, LogLevel.Critical,
        "A rule of the engine is broken: {What}. This is a defect of the library: please report it.")]
    internal static partial void InvariantBroken(ILogger log, string what);

    [LoggerMessage(1108, LogLevel.Warning,
        "The reactor stood still {Count} times, last for {Elapsed:F1} ms in {Callback}: {Worked:F1} ms of work of its "
        + "own, {Collecting:F1} ms of garbage collection, {Compiling:F1} ms of compiling, the rest waiting or not "
        + "running. Do long work in pieces (Cooperator) or on a thread (DeferToThread), and never block.")]
    internal static partial void Stalled(ILogger log, int count, string callback, double elapsed, double worked,
        double collecting, double compiling);
}
