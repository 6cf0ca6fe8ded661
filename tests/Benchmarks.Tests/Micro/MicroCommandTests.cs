namespace Twisted.Tests.Benchmarks.Micro;

public class MicroCommandTests
{
    private static RunningProgram Bench(params string[] arguments) => RunningProgram.Start(
        ["dotnet", Repository.PathOf("artifacts/bin/Twisted.Benchmarks/release/Twisted.Benchmarks.dll"),
            "micro", .. arguments]);

    [Fact]
    public async Task An_unknown_group_is_one_clear_line()
    {
        await using RunningProgram bench = Bench("--only", "timer");
        Assert.Equal(1, await bench.Exit());
        Assert.Equal(
            "bench: there is no 'timer'; there are timers, deferred, lines, frames, threads, endpoints, channels, "
                + "irc.\n",
            bench.Errors);
    }

    [PeerFact("/usr/lib/python3/dist-packages/twisted/__init__.py")]
    public async Task A_quick_run_prints_ours_beside_Twisteds()
    {
        await using RunningProgram bench = Bench("--quick", "--only", "endpoints");
        string output = await bench.Succeeds();
        Assert.Matches(@"server endpoint +[0-9,.]+ +[0-9,]+ +[0-9,]+ +[0-9.]+", output);
        Assert.Contains("Twisted's benchmarks of its web client, web server and SSH: not measured", output);
    }
}
