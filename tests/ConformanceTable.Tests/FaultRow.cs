using System.Text.RegularExpressions;

namespace ConformanceTable.Tests;

/// <summary>One line of the table of faults: a fault, and what shows that it is survived.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Tests">On real sockets: Class.Method, or Class.* for all of a class.</param>
/// <param name="Scenarios">Of ./test sim.</param>
/// <param name="Simulation">The same as it is written: a reason when there are none.</param>
/// <param name="Outcome">What happens.</param>
internal sealed partial record FaultRow(
    int Line, string Fault, string[] Tests, string[] Scenarios, string Simulation, string Outcome)
{
    private const string Document = "docs/reliability.md";
    private const string Header = "| Fault | Tests on real sockets | Simulation | What happens |";

    /// <summary>The table, without its header.</summary>
    internal static IReadOnlyList<FaultRow> All { get; } = [.. Read()];

    /// <summary>Names the line, for messages.</summary>
    internal string Place => $"{Document}:{Line}: {Fault}";

    private static IEnumerable<FaultRow> Read()
    {
        string[] lines = Files.Lines(Document);
        int header = Array.IndexOf(lines, Header);
        Assert.True(header >= 0, $"{Document} has no line \"{Header}\".");
        return lines.Select((line, index) => (Text: line, Number: index + 1)).Skip(header + 2)
            .TakeWhile(line => line.Text.StartsWith('|')).Select(line => Parse(line.Number, line.Text));
    }

    private static FaultRow Parse(int line, string text) => text.Trim('|', ' ').Split(" | ") is [var fault, var tests,
        var simulation, var outcome]
            ? new(line, fault, Quoted(tests), Quoted(simulation), simulation, outcome)
            : throw new FormatException($"{Document}:{line} has not 4 cells.");

    private static string[] Quoted(string cell) => [.. Quotation().Matches(cell).Select(one => one.Groups[1].Value)];

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quotation();
}
