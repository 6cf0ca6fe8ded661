using System.Globalization;

namespace Twisted.Testing;

// Many runs: by seeds, by a list of decisions, or all there are.
public sealed partial class Simulation
{
    /// <summary>Set to a seed, it lets every exploration run that seed only.</summary>
    private const string SeedVariable = "TWISTED_SIMULATION_SEED";

    /// <summary>Runs a test with many seeds, until one fails.</summary>
    /// <param name="seeds">How many.</param>
    /// <param name="body">The test: makes hosts, runs them, checks. It is called once for each seed.</param>
    /// <exception cref="SimulationFailedException">One failed.</exception>
    public static void Explore(int seeds, Action<Simulation> body) =>
        Explore(new SimulationOptions { Seeds = seeds }, body);

    /// <summary>Runs a test with many seeds, until one fails.</summary>
    /// <param name="options">How many, and from which on.</param>
    /// <param name="body">The test.</param>
    /// <returns>What was seen.</returns>
    /// <exception cref="SimulationFailedException">One failed; its message is how to repeat it.</exception>
    public static SimulationReport Explore(SimulationOptions options, Action<Simulation> body)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Seeds, 1);
        string? given = Environment.GetEnvironmentVariable(SeedVariable);
        if (ulong.TryParse(given, CultureInfo.InvariantCulture, out ulong only))
            options = options with { Seeds = 1, FirstSeed = only };
        var report = new SimulationReport(0, 0, 0);
        for (int i = 0; i < options.Seeds; i++)
        {
            ulong seed = options.FirstSeed + (ulong)i;
            EventTrace trace = RunSeed(seed, options, body);
            if (options.Repeats && RunSeed(seed, options, body).Hash != trace.Hash)
            {
                throw new SimulationException($"Seed {seed} is another run each time: the test looks at something that "
                    + "the simulation does not decide, such as the real clock, Random.Shared or another thread.");
            }
            report = new SimulationReport(
                report.Runs + 1, report.Events + trace.Count, (report.Hash * 31) + (trace.Hash ^ seed));
        }
        return report;
    }

    /// <summary>Runs a test as a failure has printed it: what is not on the list goes the quiet way.</summary>
    /// <param name="decisions">The list.</param>
    /// <param name="body">The test.</param>
    public static void Replay(string decisions, Action<Simulation> body)
    {
        ArgumentNullException.ThrowIfNull(decisions);
        ArgumentNullException.ThrowIfNull(body);
        new Simulation(new ListedDecisions(Decision.ParseList(decisions)), 0, inWords: true).RunBody(body);
    }

    /// <summary>
    /// Runs a test once for every way in which its hosts and sockets can be ordered and its bytes be cut. The test has
    /// to be small: a few bytes, a few events.
    /// </summary>
    /// <param name="mostRuns">More than that is not small.</param>
    /// <param name="body">The test. Chance has no part in it: faults are what it makes itself.</param>
    /// <returns>How many ways there are.</returns>
    /// <exception cref="SimulationFailedException">One failed.</exception>
    /// <exception cref="SimulationException">There are more.</exception>
    public static int Exhaust(int mostRuns, Action<Simulation> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostRuns, 1);
        int runs = 0;
        for (ExhaustiveDecisions? next = new(); next is not null; next = next.Advance())
        {
            if (++runs > mostRuns)
                throw new SimulationException($"There are more than {mostRuns} ways: send less, or use Explore.");
            var simulation = new Simulation(next, 0, inWords: false);
            if (simulation.Outcome(body) is { } failure)
                throw Shrunk(0, simulation._world.Decisions.Made, new SimulationOptions(), body, failure);
        }
        return runs;
    }

    private static EventTrace RunSeed(ulong seed, SimulationOptions options, Action<Simulation> body)
    {
        var simulation = new Simulation(new SeededDecisions(seed), seed, inWords: false);
        return simulation.Outcome(body) is { } failure
            ? throw Shrunk(seed, simulation._world.Decisions.Made, options, body, failure)
            : simulation._world.Trace;
    }

    /// <summary>Runs the test on this simulation.</summary>
    /// <returns>What it failed with.</returns>
    private Exception? Outcome(Action<Simulation> body)
    {
        try
        {
            RunBody(body);
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    private void RunBody(Action<Simulation> body)
    {
        body(this);
        Check.NothingUnhandled();
    }

    private static SimulationFailedException Shrunk(ulong seed, IReadOnlyList<Decision> decisions,
        SimulationOptions options, Action<Simulation> body, Exception failure)
    {
        var shrinker = new Shrinker(
            list => new Simulation(new ListedDecisions(list), seed, inWords: false).Outcome(body) is { } other
                && other.GetType() == failure.GetType(),
            options.ShrinkingRuns);
        IReadOnlyList<Decision> least = shrinker.Shrink(decisions);
        var last = new Simulation(new ListedDecisions(least), seed, inWords: true);
        failure = last.Outcome(body) ?? failure;
        string replay = string.Format(
            CultureInfo.InvariantCulture, options.ReplayCommand ?? $"{SeedVariable}={{0}} dotnet test", seed);
        return new SimulationFailedException(
            seed, replay, decisions.Count, least, last._world.Trace.Lines, failure);
    }
}
