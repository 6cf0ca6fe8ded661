using System.CommandLine;
using System.Text.Json;
using Twisted.Benchmarks.Wire;

namespace Twisted.Benchmarks;

/// <summary><c>./bench wire</c>: servers over loopback.</summary>
internal static class WireCommand
{
    internal static Command Create()
    {
        var only = new Option<string>("--only")
        {
            Description = "Scenarios, separated by commas: "
                + $"{string.Join(", ", WireScenario.All.Select(scenario => scenario.Name))}.",
        };
        var peers = new Option<string>("--peers")
        {
            Description = "Peers, separated by commas; all that are installed.",
        };
        var json = new Option<FileInfo>("--json") { Description = "Write the figures to this file as well." };
        var rounds = new Option<int>("--rounds")
        {
            Description = "Samples of each peer.",
            DefaultValueFactory = _ => 5,
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "Length of a sample.",
            DefaultValueFactory = _ => 1.5,
        };
        var command = new Command("wire", "Echo servers over loopback: capacity, latency, memory.")
        {
            only, peers, json, rounds, seconds,
        };
        command.SetAction(parsed => Run(parsed.GetValue(only), parsed.GetValue(peers), parsed.GetValue(json),
            parsed.GetValue(rounds), parsed.GetValue(seconds)));
        return command;
    }

    private static int Run(string? only, string? peers, FileInfo? json, int rounds, double seconds)
    {
        if (Environment.ProcessorCount < 2)
            throw new BenchException("one core: server and load need a core each");
        var folders = new BenchFolders();
        NativePrograms.Build(folders);
        IReadOnlyList<WireScenario> scenarios = Choose(WireScenario.All, only, scenario => scenario.Name);
        IReadOnlyList<WirePeer> all = WirePeer.All(folders);
        IReadOnlyList<WirePeer> chosen = Choose(all, peers, peer => peer.Name);
        if (!chosen.Contains(all[0]))
            chosen = [all[0], .. chosen];
        foreach (WirePeer missing in chosen.Where(peer => !peer.IsInstalled))
            Console.WriteLine($"not installed, not measured: {missing.Name} (needs {Path.GetFileName(missing.Needs)})");
        var bench = new WireBench(folders, [.. chosen.Where(peer => peer.IsInstalled)], rounds, seconds);
        var rows = new List<WireRow>();
        foreach (WireScenario scenario in scenarios)
        {
            rows.AddRange(WireReport.Print(scenario, bench.Measure(scenario), () => bench.Noise));
        }
        if (json is not null)
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(rows.Select(WireReport.ForJson), Indented));
        return 0;
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static IReadOnlyList<T> Choose<T>(IReadOnlyList<T> all, string? names, Func<T, string> nameOf)
    {
        if (names is null)
            return all;
        string[] wanted = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Except(all.Select(nameOf)).ToArray() is [var unknown, ..])
            throw new BenchException($"there is no '{unknown}'; there are {string.Join(", ", all.Select(nameOf))}");
        return [.. all.Where(one => wanted.Contains(nameOf(one)))];
    }
}
