using System.Text;
using System.Text.Json.Nodes;
using Twisted.Conformance.Parsers;

namespace Twisted.Words.Tests;

/// <summary>Twisted's answers to 233 streams: ours are the same, or differ as DEVIATIONS.md says.</summary>
public class VectorTests
{
    private const int Cases = 233;
    private const int Same = 148;

    [Fact]
    public void Every_stream_is_answered_as_Twisted_answers_it_but_where_we_chose_otherwise()
    {
        int count = 0;
        int same = 0;
        var unexplained = new List<string>();
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", "irc.jsonl")))
        {
            JsonObject vector = JsonNode.Parse(line)!.AsObject();
            JsonObject expected = vector["expect"]!.AsObject();
            JsonObject answer = ParserRun.Answer(vector);
            count++;
            if (Compared(expected) == Compared(answer))
                same++;
            else if (!IsChosen(CaseData.Bytes(vector["data"]!), expected, answer))
                unexplained.Add($"{vector["id"]}: {answer.ToJsonString()}");
        }
        Assert.Empty(unexplained);
        Assert.Equal((Cases, Same), (count, same));
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

    private static bool IsChosen(byte[] data, JsonObject expected, JsonObject answer)
    {
        string text = Encoding.Latin1.GetString(data);
        return HasOtherBlanks(data)           // a parameter ends at a blank of ASCII, not at any of Unicode
            || text.Contains('@', StringComparison.Ordinal) && HasTags(text)
            || HasNoCommand(text)             // a line of nothing but a last parameter is no message
            || IsSurvived(expected, answer);  // what ends the connection there is passed over here
    }

    private static bool HasOtherBlanks(byte[] data) => Encoding.UTF8.GetString(data)
        .Any(c => c is '\ufffd' or '\x1c' or '\x1d' or '\x1e' or '\x1f'
            || (char.IsWhiteSpace(c) && c is not (' ' or '\r' or '\n')));

    private static bool HasTags(string text) => text.Split('\n').Any(line => line.StartsWith('@'));

    private static bool HasNoCommand(string text) => text.Split('\n').Any(line =>
        line.StartsWith(" :", StringComparison.Ordinal)
        || (line.StartsWith(':') && line.Contains(" :", StringComparison.Ordinal)
            && line[..line.IndexOf(" :", StringComparison.Ordinal)].IndexOf(' ', StringComparison.Ordinal) < 0));

    private static bool IsSurvived(JsonObject expected, JsonObject answer)
    {
        JsonArray theirs = expected["events"]!.AsArray();
        JsonArray ours = answer["events"]!.AsArray();
        bool isRaised = theirs.Count > 0 && (string?)theirs[^1]![1] == "raise";
        return isRaised && ours.Count >= theirs.Count - 1
            && theirs.SkipLast(1).Zip(ours).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));
    }
}
