namespace Twisted.Benchmarks.Micro;

/// <summary>Our figures of a group beside Twisted's, which were taken before and after ours.</summary>
internal sealed class MicroResult(
    MicroGroup group, IReadOnlyList<MicroCase> cases, IReadOnlyDictionary<string, double> before,
    IReadOnlyDictionary<string, double> after)
{
    /// <summary>Two runs of Twisted that differ by more say that the machine was busy meanwhile.</summary>
    private const double MostDrift = 0.12;

    internal MicroGroup Group => group;

    internal IReadOnlyList<MicroCase> Cases => cases;

    /// <summary>Twisted's time of an operation: the mean of both runs; null when it has no such case.</summary>
    internal double? Theirs(MicroCase measured) =>
        before.TryGetValue(measured.FullName, out double first)
        && after.TryGetValue(measured.FullName, out double second)
            ? (first + second) / 2
            : null;

    /// <summary>Whether both runs of Twisted agree.</summary>
    internal bool IsSteady(MicroCase measured) => Theirs(measured) is { } mean
        && Math.Abs(before[measured.FullName] - after[measured.FullName]) <= MostDrift * mean;

    /// <summary>How many times as fast as Twisted we are; null when one of them was not measured.</summary>
    internal double? Ratio(MicroCase measured) => Theirs(measured) / measured.Nanoseconds;

    /// <summary>What was promised and what was measured, a line each.</summary>
    internal IEnumerable<string> Verdicts()
    {
        foreach (MicroTarget target in group.Targets)
        {
            foreach (MicroCase measured in cases.Where(target.IsFor))
            {
                double? ratio = target.Rival is null ? Ratio(measured) : Rival(target, measured) / measured.Nanoseconds;
                string rival = target.Rival ?? "Twisted";
                string verdict = ratio is not { } times ? "not measured"
                    : FormattableString.Invariant($"{times:F1}, {(times >= target.Times ? "met" : "MISSED")}");
                yield return FormattableString.Invariant(
                    $"target {measured.FullName}: {target.Times} x {rival}: {verdict}");
            }
        }
    }

    private double? Rival(MicroTarget target, MicroCase measured) => cases
        .FirstOrDefault(one => one.Name == target.Rival && one.Parameters == measured.Parameters)?.Nanoseconds;
}
