using System.Diagnostics;
using System.Text.Json;

namespace Twisted.Benchmarks.Micro;

/// <summary>The same operations in Twisted, run by Debian's own Python.</summary>
internal static class PythonTwin
{
    private const string Python = "/usr/bin/python3";

    private sealed record Line(string? Case, double Ns);

    private static readonly JsonSerializerOptions Names = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Runs a group.</summary>
    /// <returns>Nanoseconds an operation, by the case's full name.</returns>
    /// <exception cref="BenchException">It is not installed, or failed.</exception>
    internal static IReadOnlyDictionary<string, double> Run(MicroGroup group, BenchFolders folders, bool quick)
    {
        string script = Path.Combine(folders.Sources, "peers", "twisted_micro.py");
        if (!File.Exists(Python))
            throw new BenchException($"{Python} is not installed; ./bench --install-peers");
        using var process = Process.Start(new ProcessStartInfo(Python, [script, group.Name, quick ? "0.02" : "0.15"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new BenchException($"python3-twisted: {errors.Result.TrimEnd().Split('\n')[^1]}");
        return Parse(output);
    }

    internal static IReadOnlyDictionary<string, double> Parse(string output)
    {
        var figures = new Dictionary<string, double>();
        foreach (string text in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            try
            {
                if (JsonSerializer.Deserialize<Line>(text, Names) is { Case: { } name, Ns: > 0 } line)
                    figures[name] = line.Ns;
            }
            catch (JsonException)
            {
                throw new BenchException($"python3-twisted said '{text}'");
            }
        }
        return figures;
    }
}
