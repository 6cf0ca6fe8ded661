using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Internet;

/// <summary>The log of a whole program, over <see cref="ILogger"/>. Twisted: <c>twisted.python.log</c>.</summary>
/// <remarks>
/// Any thread. New code takes an <see cref="ILogger"/> in its constructor. What is logged before <c>Start</c> is kept,
/// the last 65,536 events, and written then; errors are written to standard error at once.
/// </remarks>
public static class TwistedLog
{
    private const string Nobody = "-"; // what Twisted calls a message that no system has logged

    private static readonly LogBeginner Beginner = new(StandardErrorLog.Observer);
    private static readonly ILogger Own;

    static TwistedLog()
    {
        Logging = new ObserverLoggerFactory(Beginner, Levels);
        Own = Logging.CreateLogger(Nobody);
    }

    /// <summary>The least level of each category; Information at first.</summary>
    public static LogLevelFilter Levels { get; } = new();

    /// <summary>Loggers that log to wherever the log was started.</summary>
    public static ILoggerFactory Logging { get; }

    /// <summary>Whether there is anywhere to log to.</summary>
    internal static bool HasStarted => Beginner.HasBegun;

    /// <summary>
    /// Starts to log to a writer and says "Log opened.". Twisted: <c>log.startLogging(sys.stdout)</c>.
    /// </summary>
    /// <param name="output">Where to; Console.Out, say. Not closed here.</param>
    /// <returns>
    /// For <c>new ReactorOptions { Logging = ... }</c>; a reactor without any logs here too. Disposing of it ends what
    /// was started.
    /// </returns>
    public static ILoggerFactory Start(TextWriter output) => Start(new TextLogObserver(output));

    /// <summary>
    /// Starts to log to an observer, <c>LogFile</c> for one, and says "Log opened.". A flood of errors is thinned out
    /// as by <see cref="ThrottlingLogObserver"/>. Twisted: <c>globalLogBeginner.beginLoggingTo</c>.
    /// </summary>
    /// <param name="observer">Gets what was kept, and all that follows.</param>
    /// <returns>As above.</returns>
    public static ILoggerFactory Start(ILogObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var started = new Beginning(observer);
        Msg("Log opened.");
        return started;
    }

    /// <summary>Adds an observer, which gets all events from now on. Twisted: <c>log.addObserver</c>.</summary>
    /// <param name="observer">The observer.</param>
    public static void AddObserver(ILogObserver observer) => Beginner.Publisher.AddObserver(observer);

    /// <summary>Removes an observer. Twisted: <c>log.removeObserver</c>.</summary>
    /// <param name="observer">The observer.</param>
    public static void RemoveObserver(ILogObserver observer) => Beginner.Publisher.RemoveObserver(observer);

    /// <summary>
    /// Makes messages of the lines that the program prints with <see cref="Console"/>: Information for standard output,
    /// Error for standard error. Start the log first. Twisted: <c>startLogging</c> does it unasked.
    /// </summary>
    /// <returns>Disposing of it restores both.</returns>
    public static IDisposable RedirectConsole() => new Redirection();

    /// <summary>Logs a line. Twisted: <c>log.msg</c>.</summary>
    /// <param name="text">The line.</param>
    public static void Msg(string text) => LogText.Message(Own, text);

    /// <summary>Logs a failure with its stack. Twisted: <c>log.err</c>.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="why">What was being done.</param>
    public static void Err(Exception failure, string? why = null)
    {
        ArgumentNullException.ThrowIfNull(failure);
        LogText.Failure(Own, failure, why ?? "Unhandled Error");
    }

    /// <summary>
    /// Logs a line at a level. Twisted: <c>Logger.debug</c>, <c>info</c>, <c>warn</c>, <c>error</c>, <c>critical</c>.
    /// </summary>
    /// <param name="level">How grave it is.</param>
    /// <param name="text">The line.</param>
    /// <param name="failure">A failure, to be logged with its stack.</param>
    public static void Emit(LogLevel level, string text, Exception? failure = null) =>
        LogText.Said(Own, level, text, failure);

    /// <summary>What a Start has begun.</summary>
    private sealed class Beginning : ILoggerFactory
    {
        private readonly ThrottlingLogObserver _throttled;
        private readonly Action _end;

        internal Beginning(ILogObserver observer)
        {
            _throttled = new ThrottlingLogObserver(observer);
            _end = Beginner.Begin(_throttled, TimeProvider.System.GetLocalNow);
        }

        public ILogger CreateLogger(string categoryName) => Logging.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => Logging.AddProvider(provider);

        public void Dispose()
        {
            _end();
            _throttled.Dispose();
        }
    }

    private sealed class Redirection : IDisposable
    {
        private readonly TextWriter _output = Console.Out;
        private readonly TextWriter _error = Console.Error;

        internal Redirection()
        {
            Console.SetOut(new LineLogWriter(Logging.CreateLogger("stdout"), LogLevel.Information, _output));
            Console.SetError(new LineLogWriter(Logging.CreateLogger("stderr"), LogLevel.Error, _error));
        }

        public void Dispose()
        {
            Console.SetOut(_output);
            Console.SetError(_error);
        }
    }
}
