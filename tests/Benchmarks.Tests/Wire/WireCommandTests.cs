using System.Text.Json;

namespace Twisted.Tests.Benchmarks.Wire;

public class WireCommandTests
{
    private static RunningProgram Bench(params string[] arguments) => RunningProgram.Start(
        ["dotnet", Repository.PathOf("artifacts/bin/Twisted.Benchmarks/release/Twisted.Benchmarks.dll"),
            .. arguments]);

    [Theory]
    [InlineData("there is no 'pp2'; there are pp1, ", "wire", "--only", "pp2")]
    [InlineData("there is no 'apache'; there are c-epoll, ", "wire", "--only", "pp1", "--peers", "apache")]
    [InlineData("from 1 to 100 rounds of 0.05 to 60 seconds", "wire", "--rounds", "0")]
    [InlineData("from 1 to 100 rounds of 0.05 to 60 seconds", "wire", "--seconds", "1e9")]
    [InlineData("Unrecognized command or argument 'fast'", "fast")]
    public async Task A_wrong_argument_is_one_clear_line(string line, params string[] arguments)
    {
        await using RunningProgram bench = Bench(arguments);
        Assert.Equal(1, await bench.Exit());
        Assert.StartsWith("bench: " + line, bench.Errors);
        Assert.Single(bench.Errors.TrimEnd().Split('\n'));
        Assert.Equal("", bench.Output);
    }

    [PeerFact("gcc")]
    public async Task A_short_run_measures_the_peers_that_are_named_and_writes_the_figures()
    {
        string json = Path.GetTempFileName();
        await using RunningProgram bench = Bench(
            "wire", "--only", "pp50", "--peers", "twisted-net,c-epoll-again", "--rounds", "1", "--seconds", "0.05",
            "--json", json);
        string output = await bench.Succeeds();
        Assert.Contains("pp50: ping-pong", output);
        Assert.Contains("target 0.95 x c-epoll: ", output);
        Assert.Contains("target 1.1 x go: not measured", output);
        JsonElement figures = JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement;
        File.Delete(json);
        Assert.Equal(["c-epoll-again", "twisted-net"],
            figures.EnumerateArray().Select(figure => figure.GetProperty("peer").GetString()!));
        Assert.All(figures.EnumerateArray(), figure =>
            Assert.Equal(JsonValueKind.Null, figure.GetProperty("failure").ValueKind));
    }

    [PeerFact("gcc")]
    public async Task Too_few_descriptors_are_named_and_nothing_is_measured()
    {
        await using RunningProgram bench = RunningProgram.Start(
            "prlimit", "--nofile=512:512", "dotnet",
            Repository.PathOf("artifacts/bin/Twisted.Benchmarks/release/Twisted.Benchmarks.dll"),
            "wire", "--only", "pp1000", "--peers", "twisted-net", "--rounds", "1", "--seconds", "0.05");
        Assert.Equal(1, await bench.Exit());
        Assert.Contains("bench: c-epoll: the load did not begin: only 512 descriptors", bench.Errors);
        Assert.DoesNotContain("1.0", bench.Output);
    }
}
