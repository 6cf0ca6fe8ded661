namespace Twisted.Testing;

/// <summary>A simulation failed. The message has all that is needed to repeat and to understand it.</summary>
public sealed class SimulationFailedException : Exception
{
    private const int MostTraceLines = 60;

    internal SimulationFailedException(ulong seed, string replay, int before, IReadOnlyList<Decision> decisions,
        IReadOnlyList<string> trace, Exception failure)
        : base(Describe(seed, replay, decisions, trace, failure), failure)
    {
        Seed = seed;
        DecisionCountBefore = before;
        Decisions = string.Join(' ', decisions);
        DecisionCount = decisions.Count;
    }

    /// <summary>The seed of the run.</summary>
    public ulong Seed { get; }

    /// <summary>The least list of decisions that still fails, for <see cref="Simulation.Replay"/>.</summary>
    public string Decisions { get; }

    /// <summary>How many these are.</summary>
    public int DecisionCount { get; }

    /// <summary>How many there were in the run of the seed, before shrinking.</summary>
    internal int DecisionCountBefore { get; }

    private static string Describe(
        ulong seed, string replay, IReadOnlyList<Decision> decisions, IReadOnlyList<string> trace, Exception failure)
    {
        string list = string.Join(' ', decisions);
        IEnumerable<string> lines = trace.TakeLast(MostTraceLines);
        string left = trace.Count > MostTraceLines ? $" (the last {MostTraceLines} of {trace.Count})" : "";
        return $"""
            Seed {seed} fails: {failure.Message}
            Repeat it:          {replay}
            The least of it:    {(decisions.Count == 0 ? "no decision at all: it fails on a quiet network" : list)}
            As a test:          Simulation.Replay("{list}", sim => ...)
            What happened{left}:
              {string.Join("\n  ", lines)}
            """;
    }
}
