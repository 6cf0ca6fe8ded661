using System.Diagnostics;
using System.Text.Json;

namespace Twisted.Benchmarks.Wire;

/// <summary>One measurement of one server.</summary>
/// <param name="Capacity">Messages, or bytes, per processor second of the server.</param>
/// <param name="Throughput">Messages, or bytes, per second.</param>
/// <param name="P50">Median time to an answer, in microseconds.</param>
/// <param name="P99">The time that one answer in a hundred exceeds, in microseconds.</param>
/// <param name="BytesAConnection">Growth of resident memory per idle connection.</param>
internal sealed record WireSample(double Capacity, double Throughput, double P50, double P99, double BytesAConnection)
{
    private sealed record Answer(long Messages, long Bytes, double Seconds, long Errors, double P50, double P99);

    private static readonly JsonSerializerOptions Names = new() { PropertyNameCaseInsensitive = true };

    internal static WireSample Take(BenchFolders folders, WireScenario scenario, string[] command, double seconds)
    {
        using WireServer server = WireServer.Start(command);
        long before = server.ResidentBytes;
        using var load = Process.Start(new ProcessStartInfo("taskset",
        [
            "-c", "1", Path.Combine(folders.Native, "load"), $"{server.Port}", scenario.Load,
            $"{scenario.Connections}", $"{scenario.Size}", $"{scenario.Depth}",
            FormattableString.Invariant($"{seconds}"),
        ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            if (load.StandardOutput.ReadLine() != "ready")
                throw new BenchException($"the load on {command[0]} failed before it began");
            if (scenario.IsIdle)
                return new WireSample(0, 0, 0, 0, (server.ResidentBytes - before) / (double)scenario.Connections);
            double cpu = server.CpuSeconds;
            load.StandardInput.WriteLine("go");
            string? line = load.StandardOutput.ReadLine();
            cpu = server.CpuSeconds - cpu;
            Answer answer = line is null ? throw new BenchException($"the load on {command[0]} broke off")
                : JsonSerializer.Deserialize<Answer>(line, Names)!;
            if (answer.Errors > 0)
                throw new BenchException($"{answer.Errors} connections of {command[0]} broke under the load");
            if (cpu <= 0 || answer.Bytes == 0)
                throw new BenchException($"{command[0]} answered nothing");
            double count = scenario.CountsBytes ? answer.Bytes : answer.Messages;
            return new WireSample(count / cpu, count / answer.Seconds, answer.P50, answer.P99, 0);
        }
        finally
        {
            load.StandardInput.Close();
            if (!load.WaitForExit(TimeSpan.FromSeconds(10)))
                load.Kill();
        }
    }
}
