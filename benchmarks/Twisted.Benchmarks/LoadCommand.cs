using System.CommandLine;
using System.Text.Json;
using Twisted.Benchmarks.Load;
using Twisted.Benchmarks.Wire;

namespace Twisted.Benchmarks;

/// <summary><c>./bench load</c>: what the engine holds, and whether it loses or leaks anything meanwhile.</summary>
internal static class LoadCommand
{
    private const string Everything = "all";
    private const int MostConnections = 10_000_000;
    private const double MostSeconds = 7 * 24 * 3600;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static Command Create()
    {
        var name = new Argument<string>("NAME")
        {
            Description = $"Which, or {Everything}:\n"
                + string.Join('\n', LoadTest.All.Select(test => $"{test.Name}  {test.Title}")),
        };
        var isShort = new Option<bool>("--short") { Description = "Seconds instead of minutes or hours." };
        var seconds = new Option<double?>("--seconds") { Description = "How long, of l1, l2 and l4." };
        var connections = new Option<int?>("--connections") { Description = "How many, of l1 to l4." };
        var seed = new Option<int>("--seed")
        {
            Description = "Decides sizes, pauses and faults.",
            DefaultValueFactory = _ => 1,
        };
        var json = new Option<FileInfo>("--json") { Description = "Write the figures to this file as well." };
        var command = new Command("load", "Load held: nothing lost, nothing leaked, no stall; figures, held or missed.")
        {
            name, isShort, seconds, connections, seed, json,
        };
        command.SetAction(parsed => Run(parsed.GetValue(name)!, parsed.GetValue(json), Checked(new LoadOptions(
            parsed.GetValue(isShort), parsed.GetValue(seconds), parsed.GetValue(connections), parsed.GetValue(seed)))));
        return command;
    }

    private static LoadOptions Checked(LoadOptions options)
    {
        if (options.Seconds is < 1 or > MostSeconds or double.NaN)
            throw new BenchException("--seconds is from 1 to 604,800, which is a week");
        if (options.Connections is < 1 or > MostConnections)
            throw new BenchException("--connections is from 1 to 10,000,000");
        return options;
    }

    private static int Run(string name, FileInfo? json, LoadOptions options)
    {
        IReadOnlyList<LoadTest> tests = Choose(name);
        foreach (LoadTest test in tests)
            CheckDescriptors(test, options);
        WireCores cores = WireCores.ChooseOrShare(out bool isShared);
        if (isShared)
            Console.WriteLine("one core only: server and load share it, so take no time and no processor for good");
        if (WireCores.OthersAtWork() is { } warning)
            Console.WriteLine(warning);
        var results = new List<LoadResult>();
        foreach (LoadTest test in tests)
        {
            Console.WriteLine($"{test.Name}: {test.Title}");
            LoadResult result = LoadRun.Execute(test, options, cores);
            if (test.Name == "l6")
                AddStalls(result, results);
            result.Print(Console.Out);
            results.Add(result);
        }
        if (json is not null)
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(results.Select(one => one.ForJson()), Indented));
        return results.All(result => result.IsHeld) ? 0 : 1;
    }

    /// <summary>The tests of a name; the stalls need those that may have some.</summary>
    private static IReadOnlyList<LoadTest> Choose(string name) => name switch
    {
        Everything => LoadTest.All,
        "l6" => [.. LoadTest.All.Where(test => test.Name == "l6" || StallTest.Others.Contains(test.Name))],
        _ => Choice.Of(LoadTest.All, name, test => test.Name),
    };

    private static void AddStalls(LoadResult result, IEnumerable<LoadResult> before)
    {
        foreach (LoadResult other in before.Where(other => StallTest.Others.Contains(other.Test.Name)))
            result.Exactly($"{other.Test.Name}: callbacks over 10 ms by their own work", other.OwnStalls, 0);
    }

    private static void CheckDescriptors(LoadTest test, LoadOptions options)
    {
        // .NET has raised the soft limit to the hard one when it began.
        int needed = test.Descriptors(options);
        if (Reactor.DescriptorLimit is { } limit && limit < needed)
            throw new BenchException($"only {limit} descriptors may be open, {test.Name} needs {needed} in each of two "
                + "processes: raise the hard limit (ulimit -Hn, LimitNOFILE=), or ask for fewer --connections");
    }
}
