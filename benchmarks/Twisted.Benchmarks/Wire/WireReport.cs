using System.Globalization;

namespace Twisted.Benchmarks.Wire;

/// <summary>Prints a table a scenario: ratios first, because only they count.</summary>
internal static class WireReport
{
    internal static IReadOnlyList<WireRow> Print(
        WireScenario scenario, IEnumerable<WireRow> measured, Func<double> noise)
    {
        Console.WriteLine();
        Console.WriteLine($"{scenario.Name}: {scenario.Description}");
        IReadOnlyList<WireRow> rows = [.. measured];
        Console.WriteLine(scenario.IsIdle
            ? $"  {"peer",-15} {"bytes a connection",20}"
            : $"  {"peer",-15} {"of c-epoll",10} {"+/-",6} {"per cpu s",12} {"per s",12} {"p50 us",8} {"p99 us",8} "
                + "samples");
        foreach (WireRow row in rows)
            Console.WriteLine("  " + Line(row));
        if (!scenario.IsIdle && !scenario.IsLine)
            Console.WriteLine(Text($"  noise: two samples of c-epoll in a row differ by {noise():P1} (median)"));
        return rows;
    }

    internal static object ForJson(WireRow row) => new
    {
        scenario = row.Scenario.Name,
        peer = row.Peer,
        ratio = row.Ratio,
        spread = row.Spread,
        capacity = row.Capacity,
        throughput = row.Throughput,
        p50 = row.P50,
        p99 = row.P99,
        bytesAConnection = row.Scenario.IsIdle ? row.BytesAConnection : null,
        samples = row.Count,
        dropped = row.Dropped,
        failure = row.Failure,
    };

    private static string Line(WireRow row)
    {
        if (row.Failure is not null)
            return $"{row.Peer,-15} not measured: {row.Failure}";
        if (row.Scenario.IsIdle)
            return Text($"{row.Peer,-15} {row.BytesAConnection,20:N0}");
        string marks = row.Dropped == 0 ? "" : $" ({row.Dropped} dropped: the machine was busy)";
        return Text($"{row.Peer,-15} {row.Ratio,10:F2} {row.Spread,6:F2} {row.Capacity,12:N0} {row.Throughput,12:N0} ")
            + Text($"{row.P50,8:F1} {row.P99,8:F1} {row.Count}{marks}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
