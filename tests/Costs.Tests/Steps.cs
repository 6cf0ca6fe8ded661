namespace Costs.Tests;

/// <summary>benchmarks/native/steps.c, compiled once, and what it steps through.</summary>
internal static class Steps
{
    /// <summary>Compiles it.</summary>
    internal const string Gcc = "gcc";

    /// <summary>
    /// The same machine code in each run, and on each processor that has AVX2: no tiers, nothing precompiled, no
    /// wider vectors, in .NET and in the C library.
    /// </summary>
    private static readonly string[] SameCode =
    [
        "env", "DOTNET_TieredCompilation=0", "DOTNET_TieredPGO=0", "DOTNET_ReadyToRun=0", "DOTNET_EnableAVX512=0",
        "GLIBC_TUNABLES=glibc.cpu.hwcaps=-AVX512F,-AVX512VL,-AVX512BW,-ERMS,-RTM",
    ];

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "native");
    private static readonly Lazy<Task> Once = new(Compile);

    /// <summary>The tool, when it is there.</summary>
    internal static async Task<string> Tool()
    {
        await Once.Value;
        return Path.Combine(Folder, "steps");
    }

    /// <summary>The C server of ./bench wire for a load, when it is there.</summary>
    internal static async Task<string> Reference(string load)
    {
        await Once.Value;
        return Path.Combine(Folder, load == "udp" ? "udp_echo" : "echo_epoll");
    }

    /// <summary>The command that runs CostHost.</summary>
    internal static string[] Host(string verb) =>
        [.. SameCode, "dotnet", Path.Combine(AppContext.BaseDirectory, "CostHost.dll"), verb];

    /// <summary>Lines of fields, as steps and CostHost print them, whose first field is this; without it.</summary>
    internal static IEnumerable<string[]> Fields(string output, string first) =>
        output.Split('\n').Select(line => line.Split('\t')).Where(fields => fields[0] == first)
            .Select(fields => fields[1..]);

    internal static double Number(string text) => double.Parse(text, InvariantCulture);

    private static async Task Compile()
    {
        Directory.CreateDirectory(Folder);
        foreach (string name in (string[])["steps", "echo_epoll", "udp_echo"])
        {
            await using RunningProgram gcc = RunningProgram.Start(Gcc, "-O2", "-Wall", "-Wextra", "-Werror",
                "-o", Path.Combine(Folder, name), Repository.PathOf($"benchmarks/native/{name}.c"));
            await gcc.Succeeds();
        }
    }
}
