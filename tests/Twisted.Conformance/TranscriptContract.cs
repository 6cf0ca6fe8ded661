using System.Text.Json;
using System.Text.Json.Nodes;
using Twisted.Conformance.Scenarios;

namespace Twisted.Conformance;

/// <summary>Every reactor writes the transcripts that real Twisted wrote, named departures aside.</summary>
public abstract class TranscriptContract
{
    /// <summary>What differs on purpose; the reasons are in docs/DEVIATIONS.md.</summary>
    private static readonly Dictionary<string, string> Departures = new()
    {
        ["bad_write"] = """
            {"server1":["made","None raised TypeError","empty ok","lost:ConnectionDone after 0 bytes"],
             "client":["made","lost:ConnectionDone after 0 bytes"]}
            """,
        ["udp_refused"] = """{"udp":["connectionRefused","stopProtocol"]}""",
    };

    private static readonly Dictionary<string, JsonNode> Expected = File.ReadLines(VectorFile)
        .Select(line => JsonNode.Parse(line)!)
        .ToDictionary(node => (string)node["id"]!, node => node["transcript"]!);

    private static string VectorFile => Path.Combine(AppContext.BaseDirectory, "reactor_transcripts.jsonl");

    protected abstract IReactor CreateReactor();

    public static TheoryData<string> Scenarios => [.. ReactorScenarios.Ids];

    [Fact]
    public void Every_transcript_has_its_scenario() =>
        Assert.Equal(Expected.Keys.Order(), ReactorScenarios.Ids.Order());

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_transcript_is_that_of_Twisted(string id)
    {
        JsonNode answer = JsonNode.Parse(ReactorScenarios.Run(id, CreateReactor()))!;
        JsonNode expected = Departures.TryGetValue(id, out string? departure)
            ? JsonNode.Parse(departure)!
            : Expected[id];
        Assert.Equal(Canonical(expected), Canonical(answer["transcript"]!));
    }

    /// <summary>The order between endpoints is not defined: sorted by name.</summary>
    private static string Canonical(JsonNode transcript) => JsonSerializer.Serialize(
        transcript.AsObject().OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToDictionary(pair => pair.Key, pair => pair.Value));
}
