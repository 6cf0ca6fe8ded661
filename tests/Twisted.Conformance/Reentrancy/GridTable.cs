using System.Text.Json;

namespace Twisted.Conformance.Reentrancy;

/// <summary>What Twisted does in each cell, and where we depart from it on purpose.</summary>
internal static class GridTable
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "reentrancy");

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web);

    internal static readonly Dictionary<(string, string), Line> Twisted = Read("twisted.jsonl");

    internal static readonly Dictionary<(string, string), Line> Departures = Read("departures.jsonl");

    /// <summary>One line of a table.</summary>
    /// <param name="Callback">The cell's callback.</param>
    /// <param name="Operation">The cell's operation.</param>
    /// <param name="Transcript">What each side hears; null where Twisted does not come to an end.</param>
    /// <param name="Reason">Why we depart.</param>
    internal sealed record Line(
        string Callback, string Operation, SortedDictionary<string, List<string>>? Transcript, string? Reason = null);

    /// <summary>The transcript that a cell must have.</summary>
    internal static SortedDictionary<string, List<string>> Expected(string callback, string operation) =>
        (Departures.GetValueOrDefault((callback, operation)) ?? Twisted[(callback, operation)]).Transcript
        ?? new() { ["cell"] = ["Twisted does not come to an end here: write down what we do as a departure"] };

    /// <summary>What of a cell may differ from run to run, here and there, and is not compared.</summary>
    internal static string[] Chance(string callback, string operation) => (callback, operation) switch
    {
        // Whether a client has heard of its connection when the loop ends, or hears now that it failed.
        ("makeConnection" or "connectionMade", "stopReactor") => ["client", "failing"],
        ("buildProtocol", "stopReactor") => ["client2", "server2", "failing"],
        // Whether bytes come before the reset.
        ("pauseProducing" or "resumeProducing", "stopReactor" or "abortConnection") => ["client"],
        _ => [],
    };

    /// <summary>A transcript as text that can be compared, one line for each side.</summary>
    internal static string Text(SortedDictionary<string, List<string>> transcript, string[] without) => string.Join(
        '\n', transcript.Where(side => !without.Contains(side.Key)).Select(side =>
            $"{side.Key}: {string.Join(", ", side.Value)}"));

    private static Dictionary<(string, string), Line> Read(string name) => File
        .ReadLines(Path.Combine(Folder, name))
        .Select(line => JsonSerializer.Deserialize<Line>(line, Format)!)
        .ToDictionary(line => (line.Callback, line.Operation));
}
