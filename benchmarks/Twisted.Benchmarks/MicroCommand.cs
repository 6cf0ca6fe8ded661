using System.CommandLine;
using System.Text.Json;
using Twisted.Benchmarks.Micro;

namespace Twisted.Benchmarks;

/// <summary><c>./bench micro</c>: pure code, beside Twisted's.</summary>
internal static class MicroCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Dictionary<string, double> Nothing = [];

    internal static Command Create()
    {
        var only = new Option<string>("--only")
        {
            Description = "Groups, separated by commas: "
                + $"{string.Join(", ", MicroGroup.All.Select(group => group.Name))}.",
        };
        var json = new Option<FileInfo>("--json") { Description = "Write the figures to this file as well." };
        var quick = new Option<bool>("--quick") { Description = "Short samples: to see that it runs." };
        var command = new Command("micro", "Timers, Deferreds, framing, threads, endpoints, beside Twisted's.")
        {
            only, json, quick,
        };
        command.SetAction(parsed => Run(parsed.GetValue(only), parsed.GetValue(json), parsed.GetValue(quick)));
        return command;
    }

    internal static int Run(string? only, FileInfo? json, bool quick)
    {
        var folders = new BenchFolders();
        var figures = new List<object>();
        foreach (MicroGroup group in Choice.Of(MicroGroup.All, only, group => group.Name))
        {
            IReadOnlyDictionary<string, double> before = Twin(group, folders, quick);
            IReadOnlyList<MicroCase> cases = MicroRunner.Run(group, folders, quick);
            IReadOnlyDictionary<string, double> after = before.Count == 0 ? Nothing : Twin(group, folders, quick);
            var result = new MicroResult(group, cases, before, after);
            MicroReport.Print(result, Console.Out);
            figures.AddRange(MicroReport.ForJson(result));
        }
        Console.WriteLine();
        Console.WriteLine(MicroGroup.NotYet);
        if (json is not null)
            File.WriteAllText(json.FullName, JsonSerializer.Serialize(figures, Indented));
        return 0;
    }

    private static IReadOnlyDictionary<string, double> Twin(MicroGroup group, BenchFolders folders, bool quick)
    {
        try
        {
            return PythonTwin.Run(group, folders, quick);
        }
        catch (BenchException failure)
        {
            Console.WriteLine($"Twisted not measured: {failure.Message}");
            return Nothing;
        }
    }
}
