using System.Diagnostics;
using Twisted.Simulations;
using Twisted.Testing;

namespace Twisted.PlantedBugs;

/// <summary>Looks for one bug with the scenarios in turn: each with seed 1, then each with seed 2, and so on.</summary>
/// <param name="bug">The bug; null for the engine as it is.</param>
/// <param name="seeds">How many seeds of each scenario at the most.</param>
internal sealed class Search(PlantedBug? bug, int seeds)
{
    /// <summary>Looks for it, on this thread.</summary>
    /// <returns>How it was found; null when it was not.</returns>
    internal Finding? Run()
    {
        Planted.Switch(bug?.Name);
        try
        {
            return Explore();
        }
        finally
        {
            Planted.Switch(null);
        }
    }

    /// <summary>Runs what a search has found once more, from the list alone.</summary>
    /// <returns>Whether it fails in the same words.</returns>
    internal bool Replays(Finding finding)
    {
        Planted.Switch(bug?.Name);
        try
        {
            Simulation.Replay(finding.Decisions, Scenario.All.Single(one => one.Name == finding.Scenario).Run);
            return false;
        }
        catch (Exception failure)
        {
            return failure.GetType() == finding.Failure.GetType() && failure.Message == finding.Failure.Message;
        }
        finally
        {
            Planted.Switch(null);
        }
    }

    private Finding? Explore()
    {
        long start = Stopwatch.GetTimestamp();
        long runs = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            foreach (Scenario scenario in Scenario.All)
            {
                runs++;
                var watch = new FirstFailure(scenario.Run);
                try
                {
                    Simulation.Explore(new SimulationOptions { Seeds = 1, FirstSeed = (ulong)seed }, watch.Run);
                }
                catch (SimulationFailedException failed)
                {
                    return new Finding(scenario.Name, failed.Seed, runs,
                        Stopwatch.GetElapsedTime(start, watch.At).TotalSeconds, failed.DecisionCountBefore,
                        failed.DecisionCount, failed.Decisions, failed.InnerException!);
                }
            }
        }
        return null;
    }

    /// <summary>Remembers when a scenario failed first: what comes after is shrinking.</summary>
    private sealed class FirstFailure(Action<Simulation> scenario)
    {
        internal long At { get; private set; } = long.MaxValue;

        internal void Run(Simulation simulation)
        {
            try
            {
                scenario(simulation);
                simulation.Check.NothingUnhandled();
            }
            catch when (Remember())
            {
            }
        }

        private bool Remember()
        {
            At = Math.Min(At, Stopwatch.GetTimestamp());
            return false;
        }
    }
}
