using System.Text;
using System.Text.Json.Nodes;

namespace Interop.Tests;

/// <summary>The answers of Twisted itself, stored in tests/vectors, against those of the conformance host.</summary>
public class ConformanceHostTests
{
    /// <summary>Departures with a reason: no bytes that are not bytes; an ICMP error closes no socket.</summary>
    private static readonly string[] Departures = ["bad_write", "udp_refused"];

    [Fact]
    public async Task Parsers_give_the_events_that_Twisteds_give()
    {
        JsonNode[] cases = Read(await File.ReadAllTextAsync(PathOf("tests/vectors/parsers.jsonl")));
        var input = new StringBuilder();
        var expected = new List<string>();
        foreach (JsonObject each in cases.Select(each => each.AsObject()))
        {
            expected.Add(Answer(each, each["expect"]!));
            each.Remove("expect");
            input.Append(each.ToJsonString()).Append('\n');
        }
        JsonNode[] answers = Read(await Host(input.ToString(), "parsers"));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, answers.Select(answer => Answer(answer, answer)));
    }

    [Theory]
    [InlineData("epoll")]
    [InlineData("portable")]
    public async Task A_reactor_gives_the_transcripts_that_Twisteds_gives(string reactor)
    {
        string expected = await File.ReadAllTextAsync(PathOf("tests/vectors/reactor_transcripts.jsonl"));
        string actual = await Host("", "reactor", "--reactor", reactor);
        Assert.NotEmpty(Transcripts(expected));
        Assert.Equal(Transcripts(expected), Transcripts(actual));
    }

    private static async Task<string> Host(string input, params string[] arguments)
    {
        await using RunningProgram host = RunningProgram.Start([PathOf("tests/conformance-host"), .. arguments]);
        host.Deadline = TimeSpan.FromMinutes(5); // it builds itself when it must
        await host.Send(input);
        host.CloseInput();
        return await host.Succeeds();
    }

    private static JsonNode[] Read(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private static string[] Transcripts(string lines) =>
    [
        .. from line in Read(lines)
           let id = line["id"]!.GetValue<string>()
           where !Departures.Contains(id)
           orderby id
           select $"{id}: {SortedByName(line["transcript"]!.AsObject())}",
    ];

    /// <summary>Each side's events have an order; which side's first event comes first is chance.</summary>
    private static string SortedByName(JsonObject sides) => string.Join(
        ", ", sides.OrderBy(side => side.Key, StringComparer.Ordinal).Select(side => $"{side.Key} {side.Value}"));

    /// <summary>What is compared. Of an exception that is only the fact: the languages name them differently.</summary>
    private static string Answer(JsonNode of, JsonNode answer)
    {
        foreach (JsonArray raised in answer["events"]!.AsArray().Select(e => e!.AsArray())
            .Where(e => e.Count > 2 && e[1]!.ToJsonString() == "\"raise\""))
            raised.RemoveAt(2);
        return $"{of["id"]}: {answer["events"]!.ToJsonString()} {answer["end"]!.ToJsonString()}";
    }
}
