using Twisted.Benchmarks;
using Twisted.Benchmarks.Wire;

namespace Twisted.Tests.Benchmarks.Wire;

public class WireSampleTests
{
    private static WireScenario Ping { get; } = new("pp", "ping", 1, 32, 1, "");

    [Fact]
    public void Capacity_is_counted_by_the_servers_processor_time_and_throughput_by_the_clock()
    {
        WireSample sample = WireSample.Parse(
            """{"messages":100,"bytes":3200,"seconds":2,"cpu":0.5,"errors":0,"p50":1.5,"p99":9}""");
        Assert.Equal((200, 50), (sample.Capacity(Ping), sample.Throughput(Ping)));
        Assert.Equal(6400, sample.Capacity(Ping with { Load = "bulk" }));
    }

    [Theory]
    [InlineData(null, "the load broke off")]
    [InlineData("ping: what?", "the load said 'ping: what?'")]
    [InlineData("""{"messages":0,"bytes":0,"seconds":1,"cpu":0.1,"errors":0}""", "it answered nothing")]
    [InlineData("""{"messages":9,"bytes":9,"seconds":1,"cpu":0,"errors":0}""", "it answered nothing")]
    [InlineData("""{"messages":9,"bytes":9,"seconds":1,"cpu":1,"errors":2}""", "2 connections broke under the load")]
    public void What_was_not_measured_is_no_sample(string? line, string reason) =>
        Assert.Equal(reason, Assert.Throws<BenchException>(() => WireSample.Parse(line)).Message);
}
