using System.Diagnostics;

namespace Samples.Tests;

/// <summary>E2, and the command that every sample's first lines name.</summary>
public class DeferredDemoTests
{
    private const string Expected = "Operation completed successfully: Operation Result\n";

    [Fact]
    public async Task The_result_is_printed_after_a_second()
    {
        var clock = Stopwatch.StartNew();
        await using RunningProgram program = RunningProgram.Start(Sample("e02_deferred_demo"));
        Assert.Equal(Expected, await program.Succeeds());
        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Dotnet_run_starts_the_file_from_any_folder_and_leaves_nothing_in_the_tree()
    {
        string before = await Status();
        await using RunningProgram program = RunningProgram.Start(
            Path.GetTempPath(), ["dotnet", "run", PathOf("samples/e02_deferred_demo.cs")]);
        program.Deadline = TimeSpan.FromMinutes(5); // it may have the whole library to build first
        Assert.Equal(Expected, await program.Succeeds());
        Assert.Equal(before, await Status());
    }

    private static async Task<string> Status()
    {
        await using RunningProgram git =
            await RunningProgram.Run("git", "-C", Root, "status", "--porcelain", "--untracked-files=all", "samples");
        return git.Output;
    }
}
