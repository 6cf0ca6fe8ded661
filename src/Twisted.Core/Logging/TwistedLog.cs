using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>What the tutorials do with <c>twisted.python.log</c>, over <see cref="ILogger"/>.</summary>
/// <remarks>New code takes an <see cref="ILogger"/> in its constructor. Any thread.</remarks>
public static class TwistedLog
{
    private static ILoggerFactory? _factory;

    /// <summary>
    /// Starts to log to a writer and says "Log opened.". Twisted: <c>log.startLogging(sys.stdout)</c>.
    /// </summary>
    /// <param name="output">Where to; Console.Out, or a file.</param>
    /// <returns>For <c>new ReactorOptions { Logging = ... }</c>, so that the reactor logs there too.</returns>
    public static ILoggerFactory Start(TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var factory = new TextLoggerFactory(output, LogLevel.Information, TimeProvider.System);
        _factory = factory;
        Msg("Log opened.");
        return factory;
    }

    /// <summary>Logs a line. Twisted: <c>log.msg</c>. Nothing happens before <see cref="Start"/>.</summary>
    /// <param name="text">The line.</param>
    public static void Msg(string text)
    {
        if (_factory is { } factory)
            LogText.Message(factory.CreateLogger("-"), text);
    }

    /// <summary>
    /// Logs a failure with its stack. Twisted: <c>log.err</c>. Nothing happens before <see cref="Start"/>.
    /// </summary>
    /// <param name="failure">The failure.</param>
    /// <param name="why">What was being done.</param>
    public static void Err(Exception failure, string? why = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        if (_factory is { } factory)
            LogText.Failure(factory.CreateLogger("-"), failure, why ?? "Unhandled Error");
    }
}
