using System.Text.Json;

namespace Twisted.Benchmarks.Wire;

/// <summary>What the load generator says of one sample.</summary>
/// <param name="Messages">How many were answered.</param>
/// <param name="Bytes">How many came back.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Cpu">Processor seconds of the server meanwhile, its own and the kernel's for it.</param>
/// <param name="Errors">Connections that broke.</param>
/// <param name="P50">Median time to an answer, in microseconds.</param>
/// <param name="P99">The time that one answer in a hundred exceeds, in microseconds.</param>
internal sealed record WireSample(
    long Messages, long Bytes, double Seconds, double Cpu, long Errors, double P50, double P99)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNameCaseInsensitive = true };

    /// <summary>Resident bytes of the server after the sample.</summary>
    internal long Resident { get; init; }

    /// <summary>Messages, or bytes, per processor second of the server.</summary>
    internal double Capacity(WireScenario scenario) => Count(scenario) / Cpu;

    /// <summary>Messages, or bytes, per second.</summary>
    internal double Throughput(WireScenario scenario) => Count(scenario) / Seconds;

    /// <summary>Reads the load's answer; nothing that was not measured gets through.</summary>
    internal static WireSample Parse(string? line)
    {
        WireSample sample;
        try
        {
            sample = JsonSerializer.Deserialize<WireSample>(line ?? "null", Names)
                ?? throw new BenchException("the load broke off");
        }
        catch (JsonException)
        {
            throw new BenchException($"the load said '{line}'");
        }
        if (sample.Errors > 0)
            throw new BenchException($"{sample.Errors} connections broke under the load");
        if (sample.Cpu <= 0 || sample.Bytes + sample.Messages <= 0 || sample.Seconds <= 0)
            throw new BenchException("it answered nothing");
        return sample;
    }

    private double Count(WireScenario scenario) => scenario.CountsBytes ? Bytes : Messages;
}
