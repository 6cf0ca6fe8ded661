using System.Text.Json.Nodes;
using Twisted.Conformance.Parsers;

namespace Twisted.Tests.Framing;

/// <summary>The answers of Twisted itself to 1,126 streams: ours are the same.</summary>
public class ParserVectorsTests
{
    private const int Expected = 1126;

    [Fact]
    public void Every_stream_is_answered_as_Twisted_answers_it()
    {
        int count = 0;
        var different = new List<string>();
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", "parsers.jsonl")))
        {
            JsonObject vector = JsonNode.Parse(line)!.AsObject();
            JsonObject answer = ParserRun.Answer(vector);
            if (Compared(answer) != Compared(vector["expect"]!.AsObject()))
                different.Add($"{vector["id"]}: {answer.ToJsonString()}");
            count++;
        }
        Assert.Empty(different);
        Assert.Equal(Expected, count);
    }

    [Fact]
    public void An_unknown_protocol_is_answered_with_an_error()
    {
        JsonObject answer = ParserRun.Answer(new JsonObject { ["id"] = "a", ["proto"] = "smoke", ["data"] = "" });
        Assert.Equal("unknown proto: smoke", (string?)answer["error"]);
        Assert.Equal("a", (string?)answer["id"]);
    }

    [Fact]
    public void A_line_that_is_no_case_is_answered_and_the_next_one_too()
    {
        var output = new StringWriter();
        ParserHost.Run(new StringReader("""
            nonsense
            {"id":"b","proto":"line"}
            {"id":"c","proto":"line","data":"610d0a"}
            """), output);
        string[] answers = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, answers.Length);
        Assert.Contains("error", answers[0], StringComparison.Ordinal);
        Assert.Contains("error", answers[1], StringComparison.Ordinal);
        Assert.Contains("""[[0,"line","61"]]""", answers[2], StringComparison.Ordinal);
    }

    /// <summary>Events and end; of an exception only the fact.</summary>
    private static string Compared(JsonObject answer)
    {
        JsonArray events = answer["events"]!.DeepClone().AsArray();
        foreach (JsonArray? e in events.Cast<JsonArray?>())
        {
            if ((string?)e![1] == "raise")
                e.RemoveAt(2);
        }
        return events.ToJsonString() + answer["end"]!.ToJsonString();
    }
}
