using Twisted.Benchmarks.Wire;

namespace Twisted.Tests.Benchmarks.Wire;

public class WireReportTests
{
    private static readonly WireScenario Scenario = new("pp", "ping", 1, 32, 1, "a load")
    {
        Targets = [new("c-epoll", 0.9), new("kestrel", 1.5), new("twisted-py", 2)],
    };

    private static WireSample Sample(double capacity) => new((long)capacity, 1, 1, 1, 0, 10, 20);

    private static WireResult Result(params string[] peers) =>
        new(Scenario, peers.Select(name => new WirePeer(name, "", [])));

    private static void Add(WireResult result, int row, double capacity, double before = 100, double after = 100) =>
        result.Add(result.Rows[row], Sample(capacity), Sample(before), Sample(after));

    private static string Print(WireResult result)
    {
        var text = new StringWriter();
        WireReport.Print(result, text);
        return text.ToString();
    }

    [Fact]
    public void A_ratio_is_the_median_over_the_references_right_before_and_after()
    {
        WireResult result = Result(WirePeer.Ours);
        Add(result, 0, 95);
        Add(result, 0, 105, before: 100, after: 110);
        Add(result, 0, 900, before: 1000, after: 1000);
        Assert.Equal(0.95, result.Rows[0].Ratio!.Value, 6);
        Assert.Contains("0.95", Print(result));
    }

    [Fact]
    public void A_sample_whose_references_drift_apart_is_dropped_and_counted()
    {
        WireResult result = Result(WirePeer.Ours);
        Add(result, 0, 50, before: 100, after: 113);
        Add(result, 0, 50, before: 113, after: 100);
        Add(result, 0, 90, before: 100, after: 111);
        Assert.Equal((1, 2), (result.Rows[0].Count, result.Rows[0].Dropped));
        Assert.Contains("1 (2 dropped, too few for a claim)", Print(result));
    }

    [Fact]
    public void When_all_samples_were_dropped_there_is_no_figure_at_all()
    {
        WireResult result = Result(WirePeer.Ours);
        Add(result, 0, 95, before: 100, after: 200);
        string text = Print(result);
        Assert.Contains("not measured: the machine was busy, all 1 samples were dropped", text);
        Assert.Contains("target 0.9 x c-epoll: not measured", text);
        Assert.DoesNotContain("0.95", text);
    }

    [Fact]
    public void A_peer_that_failed_has_a_reason_and_no_figure_and_no_verdict()
    {
        WireResult result = Result(WirePeer.Ours, "kestrel");
        Add(result, 0, 95);
        result.Rows[1].Failure = "kestrel: it did not start: no such file";
        string text = Print(result);
        Assert.Contains("not measured: kestrel: it did not start: no such file", text);
        Assert.Contains("target 1.5 x kestrel: not measured", text);
    }

    [Fact]
    public void Promises_are_judged_by_the_ratio_of_ratios()
    {
        WireResult result = Result(WirePeer.Ours, "kestrel", "twisted-py");
        Add(result, 0, 96);
        Add(result, 1, 64);
        Add(result, 2, 60);
        Assert.Equal(
            ["target 0.9 x c-epoll: 0.96, met", "target 1.5 x kestrel: 1.50, met",
                "target 2 x twisted-py: 1.60, MISSED"],
            WireReport.Verdicts(result));
    }

    [Fact]
    public void Memory_of_an_idle_connection_is_judged_too()
    {
        var result = new WireResult(new WireScenario("idle", "idle", 10, 1, 1, "") { MostIdleBytes = 1024 },
            [new WirePeer(WirePeer.Ours, "", [])]);
        result.Rows[0].AddIdle(1025);
        Assert.Equal(["target at most 1024 bytes: 1,025, MISSED"], WireReport.Verdicts(result));
    }
}
