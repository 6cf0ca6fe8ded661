using System.Globalization;

namespace Twisted.PlantedBugs;

/// <summary>How a bug was found.</summary>
/// <param name="Scenario">By which scenario.</param>
/// <param name="Seed">With which seed: so many of each scenario were needed.</param>
/// <param name="Runs">How many runs there were in all.</param>
/// <param name="Seconds">How long it took to find, shrinking left out.</param>
/// <param name="Made">The decisions of the run that failed.</param>
/// <param name="Least">How many of them shrinking has left.</param>
/// <param name="Decisions">These.</param>
/// <param name="Failure">What the check says.</param>
internal sealed record Finding(string Scenario, ulong Seed, long Runs, double Seconds, int Made, int Least,
    string Decisions, Exception Failure)
{
    /// <summary>The first line of what failed.</summary>
    internal string Check => Failure.Message.Split('\n') is [var head, var next, ..] && head.EndsWith(':')
        ? $"{head} {next.Trim()}"
        : Failure.Message.Split('\n')[0];

    /// <summary>A row of the table, without the bug's name.</summary>
    internal string Row => string.Create(CultureInfo.InvariantCulture,
        $"{Scenario,-18} {Seed,6} {Runs,8} {Seconds,8:F2} {Made,7} {Least,7}");
}
