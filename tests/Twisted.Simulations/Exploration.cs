using System.Diagnostics;
using System.Globalization;
using Twisted.Testing;

namespace Twisted.Simulations;

/// <summary>Runs scenarios with many seeds, on all processors, and prints what came of it.</summary>
/// <param name="only">One scenario's name; null for all.</param>
/// <param name="seeds">How many seeds.</param>
/// <param name="seed">One seed only.</param>
/// <param name="repeats">Whether each run is made twice.</param>
internal sealed class Exploration(string? only, int seeds, ulong? seed, bool repeats)
{
    private readonly Lock _gate = new();
    private int _failed;
    private ulong _hash;
    private long _runs;
    private long _events;

    /// <summary>Runs them.</summary>
    /// <returns>The exit code: 1 when one failed, 2 when there is no such scenario.</returns>
    internal int Run()
    {
        Scenario[] chosen = [.. Scenario.All.Where(one => only is null || one.Name == only)];
        if (chosen.Length == 0)
        {
            Console.Error.WriteLine(
                $"There is no scenario '{only}': {string.Join(", ", Scenario.All.Select(one => one.Name))}.");
            return 2;
        }
        if (seeds < 1)
        {
            Console.Error.WriteLine($"--seeds is a number, 1 or more, not {seeds}.");
            return 2;
        }
        long start = Stopwatch.GetTimestamp();
        Parallel.ForEach(chosen, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, Explore);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_runs} runs in {seconds:F1} s: {_runs / seconds:F0} a second, {_events / seconds:F0} events a second"));
        Console.WriteLine($"hash of all traces: {_hash:x16}");
        Console.WriteLine($"{chosen.Length - _failed} passed, {_failed} failed");
        return _failed == 0 ? 0 : 1;
    }

    private void Explore(Scenario scenario)
    {
        var options = new SimulationOptions
        {
            Seeds = seed is null ? seeds : 1,
            FirstSeed = seed ?? 1,
            Repeats = repeats,
            ReplayCommand = $"./test sim --scenario {scenario.Name} --seed {{0}}",
        };
        long start = Stopwatch.GetTimestamp();
        try
        {
            SimulationReport report = Simulation.Explore(options, scenario.Run);
            Tell(scenario, report, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        catch (Exception failure) when (failure is SimulationFailedException or SimulationException)
        {
            lock (_gate)
            {
                _failed++;
                Console.WriteLine($"{scenario.Name} FAILED\n{failure.Message}\n");
            }
        }
    }

    private void Tell(Scenario scenario, SimulationReport report, double seconds)
    {
        lock (_gate)
        {
            _runs += report.Runs;
            _events += report.Events;
            _hash += report.Hash * (ulong)(Array.IndexOf(Scenario.All, scenario) + 1);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{scenario.Name,-18} {report.Runs,6} seeds {report.Runs / seconds,8:F0}/s {report.Hash:x16}"));
        }
    }
}
