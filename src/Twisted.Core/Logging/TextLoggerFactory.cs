using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Twisted.Internet;

/// <summary>
/// Lines of text as Twisted writes them: time with zone, the logger's name, the message; what follows a line break is
/// indented, so that a line that begins with a time is always a new message.
/// </summary>
internal sealed class TextLoggerFactory(TextWriter output, LogLevel least, TimeProvider clock) : ILoggerFactory
{
    private readonly Lock _gate = new();

    /// <summary>Messages that the writer did not take.</summary>
    internal int Lost { get; private set; }

    public ILogger CreateLogger(string categoryName) => new TextLogger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException(
        "This log writes text to one place. For more use Microsoft.Extensions.Logging's own factory.");

    public void Dispose() { }

    private void Write(string name, LogLevel level, string message, Exception? failure)
    {
        string time = clock.GetLocalNow().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        string system = level >= LogLevel.Warning ? $"{name}#{Name(level)}" : name;
        string text = failure is null ? message : $"{message}\n{failure}";
        lock (_gate)
        {
            try
            {
                output.WriteLine($"{time.Remove(22, 1)} [{system}] {Escape(text.ReplaceLineEndings("\n\t"))}");
                output.Flush();
            }
            catch (IOException)
            {
                Lost++; // the disk is full or broken: who logs, in a callback for one, must not fail of that
            }
        }
    }

    /// <summary>What a peer has put into a message must not move the cursor of who reads the log.</summary>
    private static string Escape(string text) => text.Any(IsHarmful)
        ? string.Concat(text.Select(c => IsHarmful(c) ? $"\\x{(int)c:x2}" : c.ToString()))
        : text;

    private static bool IsHarmful(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Warning => "warn",
        LogLevel.Error => "error",
        _ => "critical",
    };

    private sealed class TextLogger(TextLoggerFactory owner, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= owner.Least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                owner.Write(name, logLevel, formatter(state, exception), exception);
        }
    }

    private LogLevel Least => least;
}
