using System.Text.Json;

namespace Twisted.Tests.Benchmarks.Load;

/// <summary><c>./bench load</c>, the short forms.</summary>
[Collection(AloneTests.Name)]
public class LoadCommandTests
{
    private static readonly string Program =
        Repository.PathOf("artifacts/bin/Twisted.Benchmarks/release/Twisted.Benchmarks.dll");

    private static RunningProgram Bench(params string[] arguments) =>
        RunningProgram.Start(["dotnet", Program, "load", .. arguments]);

    [Theory]
    [InlineData("there is no 'l7'; there are l1, l2, l3, l4, l5, l6.", "l7")]
    [InlineData("--seconds is from 1 to 604,800, which is a week.", "l2", "--seconds", "0")]
    [InlineData("--seconds is from 1 to 604,800, which is a week.", "l2", "--seconds", "1e9")]
    [InlineData("--connections is from 1 to 10,000,000.", "l1", "--connections", "0")]
    [InlineData("Unrecognized command or argument 'fast'. Try './bench --help'.", "l1", "fast")]
    public async Task A_wrong_argument_is_one_clear_line(string line, params string[] arguments)
    {
        await using RunningProgram bench = Bench(arguments);
        Assert.Equal(1, await bench.Exit());
        Assert.Equal($"bench: {line}\n", bench.Errors);
        Assert.Equal("", bench.Output);
    }

    [PeerFact(Peers.Prlimit)]
    public async Task Too_few_descriptors_are_told_with_what_to_do_and_nothing_is_run()
    {
        await using RunningProgram bench = RunningProgram.Start(
            "prlimit", "--nofile=512:512", "dotnet", Program, "load", "l1", "--short");
        Assert.Equal(1, await bench.Exit());
        Assert.Equal("bench: only 512 descriptors may be open, l1 needs 2200 in each of two processes: raise the hard "
            + "limit (ulimit -Hn, LimitNOFILE=), or ask for fewer --connections.\n", bench.Errors);
        Assert.Equal("", bench.Output);
    }

    [PeerFact(Peers.Prlimit)]
    public async Task One_core_is_marked_and_a_low_soft_limit_is_raised()
    {
        await using RunningProgram bench = RunningProgram.Start(
            "prlimit", "--nofile=256:4096", "taskset", "-c", "0", "dotnet", Program, "load", "l2", "--short",
            "--connections", "300", "--seconds", "1");
        string output = await bench.Succeeds();
        Assert.Contains("one core only: server and load share it", output);
        Assert.Contains("l2: held", output);
    }

    [Fact]
    public async Task The_short_forms_hold_all_figures()
    {
        string json = Path.GetTempFileName();
        await using RunningProgram bench = Bench("all", "--short", "--json", json);
        int code = await bench.Exit();
        string output = bench.Output;
        Assert.DoesNotContain(output.Split('\n'), line => line.Contains("MISSED", StringComparison.Ordinal));
        Assert.Equal(0, code);
        JsonElement[] results = [.. JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement.EnumerateArray()];
        File.Delete(json);
        Assert.Equal(["l1", "l2", "l3", "l4", "l5", "l6"], results.Select(one => one.GetProperty("name").GetString()!));
        Assert.All(results, one => Assert.True(one.GetProperty("held").GetBoolean()));
        // Held is not enough: that there was any load has to be seen too.
        Assert.Equal(2_000, Figure(results[0], "server: connections at the end"));
        Assert.True(Figure(results[1], "server: bytes verified") > 1_000_000);
        Assert.Equal(Figure(results[1], "bytes sent"), Figure(results[1], "client: bytes verified"));
        Assert.Equal(11_000, Figure(results[2], "connections seen by the server"));
        Assert.InRange(Figure(results[2], "reset by the client"), 800, 1200);
        Assert.InRange(Figure(results[2], "half closed by the client"), 800, 1200);
        Assert.True(Figure(results[3], "planned exceptions that the server had") > 0);
        Assert.Equal(1_000_000, Figure(results[4], "timers run"));
        Assert.Equal(1_000_000, Figure(results[4], "calls from threads run"));
        Assert.Equal(1, Figure(results[5], "planted callbacks of 100 ms of work that were seen"));
    }

    private static double Figure(JsonElement result, string name) => result.GetProperty("figures").EnumerateArray()
        .Single(figure => figure.GetProperty("name").GetString() == name).GetProperty("value").GetDouble();
}
