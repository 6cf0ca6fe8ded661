using System.Globalization;

namespace Twisted.Benchmarks.Wire;

/// <summary>Prints a table a scenario: ratios first, because only they count.</summary>
internal static class WireReport
{
    internal static void Print(WireResult result, TextWriter to)
    {
        WireScenario scenario = result.Scenario;
        to.WriteLine();
        to.WriteLine($"{scenario.Name}: {scenario.Description}");
        to.WriteLine(scenario.IsIdle
            ? $"  {"peer",-15} {"bytes a connection",20}"
            : $"  {"peer",-15} {"of " + scenario.Reference,10} {"+/-",5} {"per cpu s",13} {"per s",13} "
                + $"{"cpu",5} {"MiB",6} {"p50 us",8} {"p99 us",8} samples");
        foreach (WireRow row in result.Rows)
            to.WriteLine($"  {row.Peer.Name,-15} " + (scenario.IsIdle ? Idle(row) : Load(scenario, row)));
        if (result.Noise is { } noise)
            to.WriteLine(Text($"  noise: two samples of {scenario.Reference} in a row differ by {noise:P1} (median)"));
        foreach (string verdict in Verdicts(result))
            to.WriteLine("  " + verdict);
    }

    /// <summary>What was promised and what was measured, a line each.</summary>
    internal static IEnumerable<string> Verdicts(WireResult result)
    {
        foreach (WireTarget target in result.Scenario.Targets)
        {
            string verdict = result.Ours(target.Peer) is { } ours
                ? Text($"{ours:F2}, {(Math.Round(ours, 2) >= target.AtLeast ? "met" : "MISSED")}")
                : "not measured";
            yield return Text($"target {target.AtLeast} x {target.Peer}: {verdict}");
        }
        if (result.Rows.FirstOrDefault(row => row.Peer.Name == WirePeer.Ours)?.BytesAConnection is { } bytes)
        {
            double most = result.Scenario.MostIdleBytes;
            yield return Text($"target at most {most} bytes: {bytes:N0}, {(bytes <= most ? "met" : "MISSED")}");
        }
    }

    internal static IEnumerable<object> ForJson(WireResult result) => result.Rows.Select(row => new
    {
        scenario = result.Scenario.Name,
        peer = row.Peer.Name,
        ratio = row.Ratio,
        spread = row.Spread,
        noise = result.Noise,
        capacity = row.Median(sample => sample.Capacity(result.Scenario)),
        throughput = row.Median(sample => sample.Throughput(result.Scenario)),
        cpu = row.Median(sample => sample.Cpu / sample.Seconds),
        residentBytes = row.Median(sample => sample.Resident),
        p50 = row.Median(sample => sample.P50),
        p99 = row.Median(sample => sample.P99),
        bytesAConnection = row.BytesAConnection,
        samples = row.Count,
        dropped = row.Dropped,
        failure = row.Failure,
    });

    private static string Idle(WireRow row) =>
        row.Failure is null ? Text($"{row.BytesAConnection,20:N0}") : $"not measured: {row.Failure}";

    private static string Load(WireScenario scenario, WireRow row)
    {
        if (row.Failure is not null)
            return $"not measured: {row.Failure}";
        if (row.Count == 0)
            return $"not measured: the machine was busy, all {row.Dropped} samples were dropped";
        string few = row.Count < WireRow.Enough ? ", too few for a claim" : "";
        string dropped = row.Dropped == 0 ? "" : $" ({row.Dropped} dropped{few})";
        double? megabytes = row.Median(sample => sample.Resident / 1048576.0);
        return Text($"{row.Ratio,10:F2} {row.Spread,5:F2} {row.Median(sample => sample.Capacity(scenario)),13:N0} ")
            + Text($"{row.Median(sample => sample.Throughput(scenario)),13:N0} ")
            + Text($"{row.Median(sample => sample.Cpu / sample.Seconds),5:P0} {megabytes,6:N0} ")
            + Text($"{row.Median(sample => sample.P50),8:F1} {row.Median(sample => sample.P99),8:F1} ")
            + $"{row.Count}{dropped}";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
