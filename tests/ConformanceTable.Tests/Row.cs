namespace ConformanceTable.Tests;

/// <summary>One line of the table: some test methods of one class of Twisted's, and what became of them.</summary>
/// <param name="Line">Where it stands.</param>
/// <param name="Module">The file of Twisted's tests, below its package.</param>
/// <param name="Class">The class in it.</param>
/// <param name="Methods">How many test methods that class has in all.</param>
/// <param name="Outcome">One of <see cref="Ported"/>, <see cref="Deviates"/> and <see cref="NotApplicable"/>.</param>
/// <param name="Count">How many of the methods this line is about.</param>
/// <param name="Tests">Ours: Class.Method, or Class.* for all of a class.</param>
/// <param name="Reason">Why it is not ported as it is.</param>
internal sealed record Row(
    int Line, string Module, string Class, int Methods, string Outcome, int Count, string[] Tests, string Reason)
{
    internal const string Ported = "ported";
    internal const string Deviates = "deviates";
    internal const string NotApplicable = "not applicable";

    internal const string Document = "docs/conformance.tsv";

    private const string Header = "Module\tClass\tMethods\tOutcome\tCount\tOur tests\tReason";

    /// <summary>The table, without its header.</summary>
    internal static IReadOnlyList<Row> All { get; } = [.. Read()];

    /// <summary>Names the line, for messages.</summary>
    internal string Place => $"{Document}:{Line}: {Class}";

    private static IEnumerable<Row> Read()
    {
        string[] lines = Files.Lines(Document);
        Assert.Equal(Header, lines[0]);
        return lines.Skip(1).Select((line, index) => Parse(index + 2, line.Split('\t')));
    }

    private static Row Parse(int line, string[] cells) => cells.Length == 7
        ? new(line, cells[0], cells[1], Number(cells[2]), cells[3], Number(cells[4]),
            cells[5].Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), cells[6])
        : throw new FormatException($"{Document}:{line} has {cells.Length} cells; there are 7 columns.");

    private static int Number(string text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
