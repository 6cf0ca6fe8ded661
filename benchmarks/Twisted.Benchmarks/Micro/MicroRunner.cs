using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Twisted.Benchmarks.Micro;

/// <summary>Runs benchmark classes with BenchmarkDotNet, in this process: it needs no restore.</summary>
internal static class MicroRunner
{
    internal static IReadOnlyList<MicroCase> Run(MicroGroup group, BenchFolders folders, bool quick)
    {
        var log = new StringWriter();
        IConfig config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default
                .WithToolchain(InProcessEmitToolchain.Instance)
                .WithWarmupCount(quick ? 1 : 3)
                .WithIterationCount(quick ? 3 : 9)
                .WithIterationTime(TimeInterval.FromMilliseconds(quick ? 5 : 40)))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(new TextLogger(log))
            .WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator)
            .WithArtifactsPath(folders.Native);
        BenchmarkReport[] reports = [.. group.Types.SelectMany(type => BenchmarkRunner.Run(type, config).Reports)];
        if (reports.Length == 0)
            throw new BenchException($"BenchmarkDotNet ran nothing of '{group.Name}': {LastLine(log)}");
        return [.. reports.Select(Read)];
    }

    private static MicroCase Read(BenchmarkReport report) => new(
        report.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
        string.Join(' ', report.BenchmarkCase.Parameters.Items.Select(item => item.Value)),
        report.ResultStatistics?.Median,
        report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase));

    private static string LastLine(StringWriter log) => log.ToString().TrimEnd().Split('\n')[^1].Trim();
}
