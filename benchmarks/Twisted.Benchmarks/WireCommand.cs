using System.CommandLine;
using System.Text.Json;
using Twisted.Benchmarks.Wire;

namespace Twisted.Benchmarks;

/// <summary><c>./bench wire</c>: servers over loopback.</summary>
internal static class WireCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

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
            DefaultValueFactory = _ => 9,
        };
        var seconds = new Option<double>("--seconds")
        {
            Description = "Length of a sample.",
            DefaultValueFactory = _ => 0.3,
        };
        var command = new Command("wire", "Echo servers over loopback: capacity, latency, processor, memory.")
        {
            only, peers, json, rounds, seconds,
        };
        command.SetAction(parsed =>
        {
            var length = TimeSpan.FromSeconds(parsed.GetValue(seconds));
            if (parsed.GetValue(rounds) is < 1 or > 100 || length.TotalSeconds is < 0.05 or > 60)
                throw new BenchException("from 1 to 100 rounds of 0.05 to 60 seconds");
            return Run(parsed.GetValue(only), parsed.GetValue(peers), parsed.GetValue(json),
                new WireOptions(parsed.GetValue(rounds), length));
        });
        return command;
    }

    internal static int Run(string? only, string? peers, FileInfo? json, WireOptions options)
    {
        var folders = new BenchFolders();
        IReadOnlyList<WireScenario> scenarios = Choice.Of(WireScenario.All, only, scenario => scenario.Name);
        IReadOnlyList<WirePeer> chosen = ChoosePeers(WirePeer.All(folders), peers, scenarios);
        var cores = WireCores.Choose();
        NativePrograms.Build(folders);
        foreach (WirePeer missing in chosen.Where(peer => !peer.IsInstalled))
            Console.WriteLine($"not installed, not measured: {missing.Name} (needs {Path.GetFileName(missing.Needs)}; "
                + "./bench --install-peers)");
        if (WireCores.OthersAtWork() is { } warning)
            Console.WriteLine(warning);
        var bench = new WireBench(folders, cores, options);
        var figures = new List<object>();
        foreach (WireScenario scenario in scenarios)
        {
            WireResult result = bench.Measure(scenario, chosen.Where(peer => peer.IsInstalled));
            WireReport.Print(result, Console.Out);
            figures.AddRange(WireReport.ForJson(result));
        }
        if (json is not null)
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(figures, Indented));
        return 0;
    }

    /// <summary>Those that take part in one of the scenarios; what they are compared with is always there.</summary>
    private static IReadOnlyList<WirePeer> ChoosePeers(
        IReadOnlyList<WirePeer> all, string? names, IReadOnlyList<WireScenario> scenarios)
    {
        IReadOnlyList<WirePeer> chosen = Choice.Of(all, names, peer => peer.Name);
        return [.. all.Where(peer => scenarios.Any(scenario => peer.CommandFor(scenario) is not null
            && (chosen.Contains(peer) || peer.Name == scenario.Reference)))];
    }
}
