namespace Costs.Tests;

/// <summary>What something costs; less is better.</summary>
/// <param name="Scenario">What was done.</param>
/// <param name="Measure">What was counted; one of <see cref="Measures"/>.</param>
/// <param name="Value">How much of it, for one message or one operation.</param>
internal sealed record Cost(string Scenario, string Measure, double Value);

/// <summary>What is counted.</summary>
internal static class Measures
{
    internal const string Bytes = "bytes allocated";
    internal const string SystemCalls = "system calls";
    internal const string Instructions = "instructions";

    /// <summary>
    /// What a new row is given. Bytes come out the same each time; so do system calls, unless a message reaches the
    /// server a wait later than the others. Instructions are the same within a percent from run to run, but for stores
    /// into arrays of an interface's type: the runtime looks up whether they may be in a table hashed by addresses, and
    /// goes up to seven entries of 16 instructions further. Another patch of .NET brings more or less.
    /// </summary>
    internal static string UsualTolerance(string measure) => measure switch
    {
        Bytes => "0",
        SystemCalls => "0.03",
        Instructions => "10 %",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "No such measure."),
    };
}
