using System.Text;
using System.Text.Json.Nodes;
using Twisted.Conformance.Parsers;

namespace Twisted.Words.Tests;

/// <summary>
/// Twisted's answers to 326 streams: ours are the same, or those of <c>irc_departures.jsonl</c>, and then there is a
/// reason, which DEVIATIONS.md tells.
/// </summary>
public class VectorTests
{
    private const int Cases = 326;

    [Fact]
    public void Every_stream_is_answered_as_Twisted_answers_it_but_where_we_chose_otherwise()
    {
        Dictionary<string, JsonObject> departures =
            Read("irc_departures.jsonl").ToDictionary(answer => (string)answer["id"]!);
        int count = 0;
        var wrong = new List<string>();
        foreach (JsonObject vector in Read("irc.jsonl"))
        {
            JsonObject expected = vector["expect"]!.AsObject();
            JsonObject answer = ParserRun.Answer(vector);
            count++;
            bool isDeparture = departures.Remove((string)vector["id"]!, out JsonObject? chosen);
            if (Compared(answer) != Compared(chosen ?? expected)
                || isDeparture != (Compared(answer) != Compared(expected))
                || (isDeparture && !HasReason(vector, expected, answer)))
                wrong.Add(answer.ToJsonString());
        }
        Assert.Empty(wrong);
        Assert.Empty(departures);
        Assert.Equal(Cases, count);
    }

    private static IEnumerable<JsonObject> Read(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "vectors", file))
            .Select(line => JsonNode.Parse(line)!.AsObject());

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

    private static bool HasReason(JsonObject vector, JsonObject expected, JsonObject answer)
    {
        byte[] data = CaseData.Bytes(vector["data"]!);
        string text = Encoding.Latin1.GetString(data);
        return HasOtherBlanks(data)           // a parameter ends at a blank of ASCII, not at any of Unicode
            || text.Contains('@', StringComparison.Ordinal) && HasTags(text)
            || HasNoCommand(text)             // a line of nothing but a last parameter is no message
            || HasReturns(vector, text)       // a CR inside a line is no blank
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

    private static bool HasReturns(JsonObject vector, string text) =>
        (string?)vector["proto"] == "ircserver" && text.Replace("\r\n", "\n").Contains('\r', StringComparison.Ordinal);

    private static bool IsSurvived(JsonObject expected, JsonObject answer)
    {
        JsonArray theirs = expected["events"]!.AsArray();
        JsonArray ours = answer["events"]!.AsArray();
        bool isRaised = theirs.Count > 0 && (string?)theirs[^1]![1] == "raise";
        return isRaised && ours.Count >= theirs.Count - 1
            && theirs.SkipLast(1).Zip(ours).All(pair => JsonNode.DeepEquals(pair.First, pair.Second));
    }
}
