using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Twisted.Simulations;
using Twisted.Testing;

namespace Twisted.PlantedBugs;

/// <summary>Looks for bugs, as many at a time as there are processors, and prints what came of it.</summary>
/// <param name="only">One bug's name; null for all.</param>
/// <param name="seeds">How many seeds of each scenario at the most.</param>
internal sealed class Hunt(string? only, int seeds)
{
    /// <summary>With so many seeds the scenarios have to pass without a bug.</summary>
    private const int HealthySeeds = 20;

    /// <summary>What the median of the shrunk lists may be.</summary>
    private const double MostDecisions = 6;

    private readonly Lock _gate = new();
    private readonly Dictionary<PlantedBug, Finding> _found = [];
    private int _passed;
    private int _failed;

    /// <summary>Looks for them.</summary>
    /// <returns>The exit code: 1 when something is not as it has to be, 2 when there is no such bug.</returns>
    internal int Run()
    {
        PlantedBug[] chosen = [.. PlantedBug.All.Where(bug => only is null || bug.Name == only)];
        if (chosen.Length == 0)
        {
            Console.Error.WriteLine(
                $"There is no bug '{only}': {string.Join(", ", PlantedBug.All.Select(bug => bug.Name))}.");
            return 2;
        }
        if (seeds < 1)
        {
            Console.Error.WriteLine($"--seeds is a number, 1 or more, not {seeds}.");
            return 2;
        }
        long start = Stopwatch.GetTimestamp();
        var processors = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        PlantedBug?[] all = [null, .. chosen];
        Parallel.ForEach(Partitioner.Create(all, EnumerablePartitionerOptions.NoBuffering), processors, LookFor);
        PrintTable(chosen);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Scenario.All.Length} scenarios, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s"));
        Console.WriteLine($"{_passed} passed, {_failed} failed");
        return _failed == 0 ? 0 : 1;
    }

    private void LookFor(PlantedBug? bug)
    {
        var search = new Search(bug, bug is null ? Math.Min(seeds, HealthySeeds) : seeds);
        long start = Stopwatch.GetTimestamp();
        Finding? finding = search.Run();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        string? complaint = bug is null ? ComplaintOfHealth(finding) : Complaint(finding, search);
        lock (_gate)
        {
            Count(complaint is null);
            Console.WriteLine(bug is null
                ? "no bug: the scenarios with the copy as it is"
                : $"{bug.Name}: {bug.What}");
            if (bug is not null && finding is not null)
            {
                _found.Add(bug, finding);
                Tell(finding, seconds);
            }
            Console.WriteLine(complaint is null ? "  passed" : $"  FAILED: {complaint}");
        }
    }

    private static void Tell(Finding finding, double seconds)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {finding.Scenario}, seed {finding.Seed}, run {finding.Runs}: found in {finding.Seconds:F2} s"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {finding.Made} decisions, shrunk to {finding.Least}; with that {seconds:F2} s"));
        Console.WriteLine($"  {finding.Check}");
        Console.WriteLine($"  replayed from: {(finding.Least == 0 ? "no decision at all" : finding.Decisions)}");
    }

    private static string? ComplaintOfHealth(Finding? finding) => finding is null
        ? null
        : $"{finding.Scenario} fails with seed {finding.Seed} and no bug: {finding.Failure}";

    /// <summary>What is wrong with how a bug was found; null when nothing is.</summary>
    private string? Complaint(Finding? finding, Search search)
    {
        if (finding is null)
            return $"not found within {seeds} seeds of each scenario";
        if (finding.Failure is not SimulationException)
            return $"it was no check that failed: {finding.Failure}";
        return search.Replays(finding) ? null : "the shrunk list does not replay to the same failure";
    }

    private void PrintTable(PlantedBug[] bugs)
    {
        Console.WriteLine();
        Console.WriteLine($"{"bug",-28} {"scenario",-18} {"seed",6} {"runs",8} {"seconds",8} {"made",7} {"shrunk",7}");
        foreach (PlantedBug bug in bugs)
            Console.WriteLine($"{bug.Name,-28} {(_found.TryGetValue(bug, out Finding? one) ? one.Row : "not found")}");
        int[] sizes = [.. _found.Values.Select(one => one.Least).Order()];
        if (sizes.Length == 0)
            return;
        double median = (sizes[(sizes.Length - 1) / 2] + sizes[sizes.Length / 2]) / 2.0;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"median of the shrunk lists: {median} decisions (at most {MostDecisions} wanted)"));
        Count(median <= MostDecisions);
    }

    private void Count(bool isWell)
    {
        if (isWell)
            _passed++;
        else
            _failed++;
    }
}
