using System.Globalization;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Twisted.Benchmarks.Load;

/// <summary>What a process holds at a moment.</summary>
internal sealed record ProcessState
{
    /// <summary>Sockets and what waits for them; .NET opens files and pipes as it likes.</summary>
    public required int Descriptors { get; init; }

    /// <summary>Bytes in memory, managed and native.</summary>
    public required long Resident { get; init; }

    /// <summary>Bytes of objects that live.</summary>
    public required long Heap { get; init; }

    /// <summary>Protocols that live after a collection.</summary>
    public required int Protocols { get; init; }

    public required int Timers { get; init; }

    /// <summary>
    /// Seconds of all its threads on a processor, until it was looked at. Without those of the compiler, which goes
    /// over what has become hot for seconds after the work is done.
    /// </summary>
    public required double Processor { get; init; }

    /// <summary>The same, with the work of looking: a collection of all garbage is no small one.</summary>
    public required double ProcessorAfter { get; init; }

    /// <summary>Collects all that can be, then looks.</summary>
    internal static ProcessState Take(IReactorTime reactor, Tracked protocols)
    {
        double processor = Work();
        Collect();
        return new ProcessState
        {
            Descriptors = new DirectoryInfo("/proc/self/fd").EnumerateFileSystemInfos().Count(IsOurs),
            Resident = ResidentOf("self"),
            Protocols = protocols.CountAlive(),
            Heap = GC.GetTotalMemory(forceFullCollection: true),
            Timers = reactor.DelayedCalls.Count,
            Processor = processor,
            ProcessorAfter = Work(), // the last of these lines
        };
    }

    internal static long ResidentOf(string process) => long.Parse(
        File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture)
        * Environment.SystemPageSize;

    private static double Work() =>
        (Environment.CpuUsage.TotalTime - JitInfo.GetCompilationTime()).TotalSeconds;

    private static bool IsOurs(FileSystemInfo descriptor) =>
        descriptor.LinkTarget is { } target && (target.StartsWith("socket:") || target.StartsWith("anon_inode:"));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Collect()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        GC.Collect();
    }
}
