using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Twisted.Logging;
using Twisted.Testing;
using static Twisted.Tests.EventSamples;

namespace Twisted.Tests;

public class LogFormatTests
{
    public static TheoryData<string> Formats => ["text", "json", "logfmt"];

    [Fact]
    public void Text_has_time_with_zone_category_and_message_and_no_level_below_warning()
    {
        Assert.Equal("2026-11-21T12:30:15+0100 [Shop.Cart] hello\n", LogFormat.Text.Written(Event()));
        Assert.Equal("2026-11-21T12:30:15+0100 [Shop.Cart#warn] hello\n",
            LogFormat.Text.Written(Event(level: LogLevel.Warning)));
        Assert.Equal("2026-11-21T08:00:15-0330 [-#critical] hello\n", LogFormat.Text.Written(
            Event(level: LogLevel.Critical, category: "-") with { Time = Noon.ToOffset(new TimeSpan(-3, -30, 0)) }));
    }

    [Theory]
    [InlineData("a\nb", "a\n\tb")]
    [InlineData("a\r\nb\rc", "a\n\tb\n\tc")]
    [InlineData("a\u0085b\u2028c\u2029d", "a\n\tb\n\tc\n\td")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("\u001b[2J\u0000\u007f\u009b", "\\x1b[2J\\x00\\x7f\\x9b")]
    [InlineData("\u202eexe.\u2066\u200f\ufeff", "\\u202eexe.\\u2066\\u200f\\ufeff")]
    [InlineData("größe 大小", "größe 大小")]
    [InlineData("", "")]
    public void Text_escapes_what_could_forge_a_line_or_move_a_cursor(string message, string written) =>
        Assert.Equal($"2026-11-21T12:30:15+0100 [x\\n] {written}\n",
            LogFormat.Text.Written(Event(message, category: "x\n")));

    [Fact]
    public void Text_has_the_stack_indented_and_the_connection_after_the_category()
    {
        LogEvent logEvent = Event(failure: new InvalidDataException("broken")) with
        {
            Level = LogLevel.Error,
            Scopes = ["outer", new ConnectionScope(7, new IPEndPoint(IPAddress.Loopback, 80))],
        };
        Assert.Equal("2026-11-21T12:30:15+0100 [Shop.Cart#error,7,127.0.0.1:80] hello\n"
            + "\tSystem.IO.InvalidDataException: broken\n", LogFormat.Text.Written(logEvent));
    }

    [Fact]
    public void Json_has_everything_with_its_type()
    {
        LogEvent logEvent = Event("sold 3 for 1.5 to \"Åse\u202e\n\"", LogLevel.Warning) with
        {
            EventId = new EventId(42, "Sold"),
            Template = "sold {Count} for {Price} to {Buyer}",
            Properties = [new("Count", 3), new("Price", 1.5), new("Buyer", "\"Åse\u202e\n\""), new("Odd", double.NaN),
                new("Paid", true), new("Note", null), new("Bad", new Untellable())],
            Scopes = [new ConnectionScope(7, new IPEndPoint(IPAddress.Loopback, 80)), "night"],
            Exception = new InvalidDataException("broken"),
        };
        string line = LogFormat.Json.Written(logEvent);
        Assert.DoesNotContain('\u202e', line);
        Assert.Contains("Åse", line, StringComparison.Ordinal);
        Assert.Equal(line.Length - 1, line.IndexOf('\n', StringComparison.Ordinal));
        JsonElement json = JsonDocument.Parse(line).RootElement;
        Assert.Equal("2026-11-21T11:30:15.25Z", json.GetProperty("time").GetString());
        Assert.Equal("warn", json.GetProperty("level").GetString());
        Assert.Equal("Shop.Cart", json.GetProperty("logger").GetString());
        Assert.Equal(42, json.GetProperty("id").GetInt32());
        Assert.Equal("Sold", json.GetProperty("event").GetString());
        Assert.Equal(logEvent.Message, json.GetProperty("message").GetString());
        Assert.Equal(logEvent.Template, json.GetProperty("template").GetString());
        JsonElement properties = json.GetProperty("properties");
        Assert.Equal("3 1.5 NaN True", $"{properties.GetProperty("Count").GetInt32()} "
            + $"{properties.GetProperty("Price").GetRawText()} {properties.GetProperty("Odd").GetString()} "
            + $"{properties.GetProperty("Paid").GetBoolean()}");
        Assert.Equal(JsonValueKind.Null, properties.GetProperty("Note").ValueKind);
        Assert.Contains("InvalidOperationException", properties.GetProperty("Bad").GetString());
        Assert.Equal(7, json.GetProperty("scopes")[0].GetProperty("ConnectionId").GetInt32());
        Assert.Equal("night", json.GetProperty("scopes")[1].GetString());
        JsonElement exception = json.GetProperty("exception");
        Assert.Equal("System.IO.InvalidDataException broken System.IO.InvalidDataException: broken",
            $"{exception.GetProperty("type")} {exception.GetProperty("message")} {exception.GetProperty("stack")}");
    }

    [Fact]
    public void Logfmt_quotes_what_is_not_one_plain_word_and_keys_are_words()
    {
        LogEvent logEvent = Event("sold \"3\"\n=", LogLevel.Debug) with
        {
            EventId = new EventId(42, "Sold"),
            Properties = [new("Count", 3), new("my key=", "a\\b"), new("", ""), new("Å", "Å")],
            Scopes = [new ConnectionScope(7, new IPEndPoint(IPAddress.Loopback, 80)), "night shift"],
        };
        Assert.Equal("time=2026-11-21T11:30:15.250Z level=debug logger=Shop.Cart id=42 event=Sold "
            + "msg=\"sold \\\"3\\\"\\n=\" Count=3 my_key_=\"a\\\\b\" _=\"\" _=\"Å\" "
            + "ConnectionId=7 Peer=127.0.0.1:80 scope=\"night shift\"\n", LogFormat.Logfmt.Written(logEvent));
        Assert.EndsWith(" error=System.IO.InvalidDataException error_msg=no"
            + " stack=\"System.IO.InvalidDataException: no\"\n",
            LogFormat.Logfmt.Written(Event(failure: new InvalidDataException("no"))), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_secret_is_three_stars(string name)
    {
        var log = new LogCapture();
        log.CreateLogger("x").LogInformation("login with {Password} or {Pin}", new Secret<string>("hunter2"),
            new Secret<int>(98765));
        string line = Format(name).Written(Assert.Single(log.Events));
        Assert.Contains("***", line, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", line, StringComparison.Ordinal);
        Assert.DoesNotContain("98765", line, StringComparison.Ordinal);
        Assert.Equal("hunter2", new Secret<string>("hunter2").Reveal());
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void No_event_makes_a_format_throw_or_write_a_second_line(string name)
    {
        LogEvent logEvent = Event("\ud800 half a pair", failure: new Unspeakable()) with
        {
            Properties = [new("a", new Untellable()), new("b", "\udc00"), new("c\nd\ud800", 1)],
            Scopes = [new Untellable(), new ConnectionScope(1, new DnsEndPoint("a\nb", 1))],
        };
        string text = Format(name).Written(logEvent);
        Assert.All(text.TrimEnd('\n').Split('\n').Skip(1),
            line => Assert.StartsWith("\t", line, StringComparison.Ordinal));
        if (name != "text")
            Assert.Equal(1, text.Count(c => c == '\n'));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_message_and_a_stack_without_end_are_cut(string name)
    {
        string endless = new('x', 1_000_000);
        string line = Format(name).Written(Event(endless, failure: new InvalidDataException(endless)) with
        {
            Properties = [new("Text", endless)],
        });
        Assert.InRange(line.Length, 16_384, 90_000);
        Assert.Contains("(983616 more characters)", line, StringComparison.Ordinal);
    }

    private static LogFormat Format(string name) => name switch
    {
        "text" => LogFormat.Text,
        "json" => LogFormat.Json,
        _ => LogFormat.Logfmt,
    };

    private sealed class Unspeakable : Exception
    {
        public override string Message => throw new InvalidOperationException();
    }
}
