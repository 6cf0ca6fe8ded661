namespace Costs.Tests;

/// <summary>
/// The record: a row for each cost with its tolerance, sorted, tabs between. A tolerance is a number, a share of the
/// value in percent, or <see cref="Information"/>: such a row is not held.
/// </summary>
internal sealed class CostRecord
{
    internal const string Information = "information";

    private const string Heading = "# scenario\tmeasure (of one message or operation)\tvalue\ttolerance";
    private const string Command = "UPDATE_COSTS=1 ./test costs";

    private readonly SortedDictionary<(string Scenario, string Measure), Row> _rows = new(ByText);

    private static readonly Comparer<(string Scenario, string Measure)> ByText = Comparer<(string, string)>.Create(
        static (a, b) => string.CompareOrdinal($"{a.Item1}\t{a.Item2}", $"{b.Item1}\t{b.Item2}"));

    private sealed record Row(double Value, string Tolerance)
    {
        internal bool IsHeld => Tolerance != Information;

        /// <summary>Both are rounded as they are written, so that the record can be exact.</summary>
        internal bool Allows(double value) => Math.Abs(Math.Round(value, 2) - Value) <= Slack + 1e-9;

        private double Slack => Tolerance.EndsWith('%')
            ? Value * double.Parse(Tolerance.TrimEnd('%', ' '), InvariantCulture) / 100
            : double.Parse(Tolerance, InvariantCulture);
    }

    internal static CostRecord Parse(string text)
    {
        var record = new CostRecord();
        foreach (string line in text.Split('\n'))
        {
            if (line.Length == 0 || line.StartsWith('#'))
                continue;
            if (line.Split('\t') is not [var scenario, var measure, var value, var tolerance])
                throw new FormatException($"Not four columns: {line}");
            record._rows.Add((scenario, measure), new Row(double.Parse(value, InvariantCulture), tolerance));
        }
        return record;
    }

    public override string ToString() => string.Concat(
    [
        Heading + "\n",
        .. _rows.Select(row => string.Create(InvariantCulture,
            $"{row.Key.Scenario}\t{row.Key.Measure}\t{row.Value.Value:0.##}\t{row.Value.Tolerance}\n")),
    ]);

    /// <summary>What does not agree, a sentence each.</summary>
    /// <param name="measured">The costs now: all of the scenarios that are meant.</param>
    /// <param name="isMeant">Whose rows must have been measured.</param>
    internal IReadOnlyList<string> Disagreements(IReadOnlyCollection<Cost> measured, Predicate<string> isMeant) =>
    [
        .. measured.Select(Disagreement).OfType<string>(),
        .. Gone(measured, isMeant).Select(row => $"{row.Scenario}: {row.Measure} is recorded but not measured."
            + $" If this is meant: {Command}"),
    ];

    /// <summary>Takes in what was measured. A row that holds stays as it is, so that it does not creep.</summary>
    internal void Update(IReadOnlyCollection<Cost> measured, Predicate<string> isMeant, bool isInformation)
    {
        foreach ((string Scenario, string Measure) row in Gone(measured, isMeant).ToArray())
            _rows.Remove(row);
        foreach (Cost cost in measured)
        {
            Row? before = _rows.GetValueOrDefault((cost.Scenario, cost.Measure));
            if (before is { IsHeld: true } && before.Allows(cost.Value))
                continue;
            string tolerance = before?.Tolerance
                ?? (isInformation ? Information : Measures.UsualTolerance(cost.Measure));
            _rows[(cost.Scenario, cost.Measure)] = new Row(Math.Round(cost.Value, 2), tolerance);
        }
    }

    private string? Disagreement(Cost cost)
    {
        string now = string.Create(InvariantCulture, $"{cost.Scenario}: {cost.Value:0.##} {cost.Measure}");
        if (!_rows.TryGetValue((cost.Scenario, cost.Measure), out Row? row))
            return $"{now}, not recorded yet. Record it: {Command}";
        if (!row.IsHeld || row.Allows(cost.Value))
            return null;
        string recorded = string.Create(InvariantCulture, $"recorded {row.Value:0.##}, tolerance {row.Tolerance}");
        return cost.Value > row.Value
            ? $"{now}, worse than before ({recorded}). Mend it; if it is meant: {Command}"
            : $"{now}, better than before ({recorded}). Record it, so that it stays: {Command}";
    }

    private IEnumerable<(string Scenario, string Measure)> Gone(
        IReadOnlyCollection<Cost> measured, Predicate<string> isMeant) =>
        _rows.Keys.Where(row => isMeant(row.Scenario)).Except(measured.Select(cost => (cost.Scenario, cost.Measure)));
}
