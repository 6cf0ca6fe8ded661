using System.Globalization;
using System.Text.Json;

namespace Twisted.Benchmarks.Load;

/// <summary>What the server answers to "count" and, after a collection of all garbage, to "state".</summary>
internal sealed record ServerState
{
    /// <summary>Connections that are open.</summary>
    public required int Open { get; init; }

    public required long Opened { get; init; }

    public required StreamTotals Streams { get; init; }

    /// <summary>Only in the answer to "state".</summary>
    public ProcessState? Process { get; init; }

    public required int StallsOwn { get; init; }

    public required int StallsOthers { get; init; }

    public required double LongestOwn { get; init; }

    public required double LongestOther { get; init; }

    public required List<string> StallsNamed { get; init; }

    /// <summary>Callbacks that threw, other than planned.</summary>
    public required int Failures { get; init; }

    /// <summary>Callbacks that threw as planned.</summary>
    public required int Planned { get; init; }
}

/// <summary>
/// The server's standard input and output: a command a line, an answer a line. It ends with its input.
/// </summary>
internal sealed class LoadControl(LoadServerRun run) : LineReceiver
{
    protected override void ConnectionMade() => SendLine(string.Create(CultureInfo.InvariantCulture,
        $"Listening on port {run.Port}"));

    protected override void LineReceived(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("state"u8))
            SendLine(JsonSerializer.Serialize(run.State(collects: true)));
        else if (line.StartsWith("count"u8))
            SendLine(JsonSerializer.Serialize(run.State(collects: false)));
        else if (line.StartsWith("stall"u8))
            run.PlantStall();
    }

    protected override void ConnectionLost(Exception reason) => run.End();

    protected override ReadOnlySpan<byte> Delimiter => "\n"u8;
}
