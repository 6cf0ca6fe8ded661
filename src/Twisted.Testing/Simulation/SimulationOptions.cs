namespace Twisted.Testing;

/// <summary>How <see cref="Simulation.Explore(SimulationOptions, Action{Simulation})"/> explores.</summary>
public sealed record SimulationOptions
{
    /// <summary>How many runs, each with a seed of its own.</summary>
    public int Seeds { get; init; } = 100;

    /// <summary>The seed of the first run; the next ones follow.</summary>
    public ulong FirstSeed { get; init; } = 1;

    /// <summary>Whether each run is made twice, to see that it is the same both times.</summary>
    public bool Repeats { get; init; }

    /// <summary>How many runs may be spent to find the least list of decisions that still fails.</summary>
    public int ShrinkingRuns { get; init; } = 2000;

    /// <summary>
    /// How a person repeats a seed, for the message of a failure; <c>{0}</c> stands for the seed. Null names the
    /// environment variable that every exploration obeys.
    /// </summary>
    public string? ReplayCommand { get; init; }
}
