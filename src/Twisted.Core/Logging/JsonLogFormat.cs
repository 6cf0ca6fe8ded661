using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Twisted.Logging;

/// <summary>JSON lines: what a property is stays what it is, if it is a number, a truth value or nothing.</summary>
internal sealed class JsonLogFormat : LogFormat
{
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(Readable()),
        SkipValidation = true,
    };

    [ThreadStatic] private static Utf8JsonWriter? _writer;

    public override void Write(LogEvent logEvent, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        ArgumentNullException.ThrowIfNull(output);
        Utf8JsonWriter json = Writer(output);
        json.WriteStartObject();
        json.WriteString("time"u8, logEvent.Time.UtcDateTime);
        json.WriteString("level"u8, LogNames.Of(logEvent.Level));
        json.WriteString("logger"u8, logEvent.Category);
        if (logEvent.EventId.Id != 0)
            json.WriteNumber("id"u8, logEvent.EventId.Id);
        if (logEvent.EventId.Name is { } name)
            json.WriteString("event"u8, name);
        json.WriteString("message"u8, Safely.Cut(logEvent.Message));
        if (logEvent.Template is { } template)
            json.WriteString("template"u8, Safely.Cut(template));
        if (logEvent.Properties.Count > 0)
        {
            json.WritePropertyName("properties"u8);
            Values(logEvent.Properties, json);
        }
        if (logEvent.Scopes.Count > 0)
            Scopes(logEvent.Scopes, json);
        if (logEvent.Exception is { } failure)
        {
            json.WriteStartObject("exception"u8);
            json.WriteString("type"u8, failure.GetType().ToString());
            json.WriteString("message"u8, Safely.MessageOf(failure));
            json.WriteString("stack"u8, Safely.Text(failure));
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    /// <summary>Every language as it is; what is not for the eye is escaped.</summary>
    private static TextEncoderSettings Readable()
    {
        var settings = new TextEncoderSettings(UnicodeRanges.All);
        settings.ForbidCharacters([.. RecordText.HarmfulCharacters()]);
        return settings;
    }

    private static Utf8JsonWriter Writer(IBufferWriter<byte> output)
    {
        if (_writer is not { } writer)
            return _writer = new Utf8JsonWriter(output, Options);
        writer.Reset(output);
        return writer;
    }

    private static void Scopes(IReadOnlyList<object> scopes, Utf8JsonWriter json)
    {
        json.WriteStartArray("scopes"u8);
        foreach (object scope in scopes)
        {
            if (scope is IReadOnlyList<KeyValuePair<string, object?>> values)
                Values(ScopeValues.Of(values), json);
            else
                json.WriteStringValue(Safely.Text(scope));
        }
        json.WriteEndArray();
    }

    private static void Values(IReadOnlyList<KeyValuePair<string, object?>> values, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (KeyValuePair<string, object?> value in values)
        {
            json.WritePropertyName(value.Key);
            Value(value.Value, json);
        }
        json.WriteEndObject();
    }

    private static void Value(object? value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, null));
                break;
            case ulong number:
                json.WriteNumberValue(number);
                break;
            case decimal number:
                json.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            default:
                json.WriteStringValue(Safely.Text(value));
                break;
        }
    }
}
