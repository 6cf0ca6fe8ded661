using System.Buffers;
using System.Globalization;

namespace Twisted.Logging;

/// <summary>Words with values, a line each: easy for grep and for a person, and for most collectors of logs.</summary>
internal sealed class LogfmtLogFormat : LogFormat
{
    public override void Write(LogEvent logEvent, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        ArgumentNullException.ThrowIfNull(output);
        output.Write("time="u8);
        output.Plain(logEvent.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        output.Write(" level="u8);
        output.Plain(LogNames.Of(logEvent.Level));
        Pair("logger", logEvent.Category, output);
        if (logEvent.EventId.Id != 0)
            Pair("id", logEvent.EventId.Id, output);
        if (logEvent.EventId.Name is { } name)
            Pair("event", name, output);
        Pair("msg", logEvent.Message, output);
        foreach (KeyValuePair<string, object?> property in logEvent.Properties)
            Pair(property.Key, property.Value, output);
        foreach (object scope in logEvent.Scopes)
        {
            if (scope is IReadOnlyList<KeyValuePair<string, object?>> values)
            {
                foreach (KeyValuePair<string, object?> value in ScopeValues.Of(values))
                    Pair(value.Key, value.Value, output);
            }
            else
                Pair("scope", scope, output);
        }
        if (logEvent.Exception is { } failure)
        {
            Pair("error", failure.GetType(), output);
            Pair("error_msg", Safely.MessageOf(failure), output);
            Pair("stack", failure, output);
        }
        output.Write("\n"u8);
    }

    private static void Pair(string key, object? value, IBufferWriter<byte> output)
    {
        output.Write(" "u8);
        output.Plain(Words(key));
        output.Write("="u8);
        string text = value is string own ? Safely.Cut(own) : Safely.Text(value);
        if (text.Length > 0 && text.All(IsBare))
            output.Plain(text);
        else
            output.Quoted(text);
    }

    private static string Words(string key) => key.Length > 0 && key.All(IsWord)
        ? key
        : string.Concat(key.DefaultIfEmpty('_').Select(c => IsWord(c) ? c : '_'));

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-';

    private static bool IsBare(char c) => c is > ' ' and < (char)0x7F and not ('"' or '=' or '\\');
}
