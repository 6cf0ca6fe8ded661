using System.Buffers;
using System.Text;
using Microsoft.Extensions.Logging;
using Twisted.Logging;

namespace Twisted.Tests;

/// <summary>Events for tests, and their text.</summary>
internal static class EventSamples
{
    internal static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 30, 15, 250, TimeSpan.FromHours(1));

    internal static LogEvent Event(string message = "hello", LogLevel level = LogLevel.Information,
        string category = "Shop.Cart", Exception? failure = null) =>
        new() { Time = Noon, Level = level, Category = category, Message = message, Exception = failure };

    internal static string Written(this LogFormat format, LogEvent logEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        format.Write(logEvent, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

/// <summary>A value that cannot be told.</summary>
internal sealed class Untellable
{
    public override string ToString() => throw new InvalidOperationException("never ask");
}

/// <summary>An observer that throws.</summary>
internal sealed class Broken : ILogObserver
{
    public void Observe(LogEvent logEvent) => throw new IOException("no ink");
}
