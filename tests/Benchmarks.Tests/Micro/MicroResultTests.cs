using Twisted.Benchmarks;
using Twisted.Benchmarks.Micro;

namespace Twisted.Tests.Benchmarks.Micro;

public class MicroResultTests
{
    private static readonly MicroGroup Group = new("group", [],
        new MicroTarget("push", ["100"], 20), new MicroTarget("push", [], 2, "rival"));

    private static MicroResult Result(double? ours, double before, double after) => new(
        Group, [new("push", "100", ours, 0), new("rival", "100", 25, 0)],
        new Dictionary<string, double> { ["push 100"] = before },
        new Dictionary<string, double> { ["push 100"] = after });

    private static string Print(MicroResult result)
    {
        var text = new StringWriter();
        MicroReport.Print(result, text);
        return text.ToString();
    }

    [Fact]
    public void Ours_is_compared_with_the_mean_of_Twisteds_runs_before_and_after()
    {
        MicroResult result = Result(10, before: 195, after: 205);
        Assert.Equal(20, result.Ratio(result.Cases[0]));
        Assert.Equal(["target push 100: 20 x Twisted: 20.0, met", "target push 100: 2 x rival: 2.5, met"],
            result.Verdicts());
        Assert.DoesNotContain("busy", Print(result));
    }

    [Fact]
    public void A_figure_is_marked_when_the_machine_was_busy() =>
        Assert.Contains("busy: two runs of Twisted differ", Print(Result(10, before: 150, after: 250)));

    [Fact]
    public void What_was_not_measured_has_no_ratio()
    {
        MicroResult failed = Result(null, before: 200, after: 200);
        Assert.Contains("push 100: 20 x Twisted: not measured", failed.Verdicts().First());
        Assert.Contains("not measured: the benchmark failed", Print(failed));

        var alone = new MicroResult(Group, [new("push", "100", 10, 0)],
            new Dictionary<string, double>(), new Dictionary<string, double>());
        Assert.Equal(["target push 100: 20 x Twisted: not measured", "target push 100: 2 x rival: not measured"],
            alone.Verdicts());
    }

    [Fact]
    public void Twisteds_answer_is_read_line_by_line_and_nonsense_is_refused()
    {
        IReadOnlyDictionary<string, double> figures =
            PythonTwin.Parse("{\"case\": \"a 1\", \"ns\": 12.5}\n{\"case\": \"b\", \"ns\": 0}\n");
        Assert.Equal(("a 1", 12.5), (Assert.Single(figures).Key, figures["a 1"]));
        var failure = Assert.Throws<BenchException>(() => PythonTwin.Parse("Traceback"));
        Assert.Equal("python3-twisted said 'Traceback'", failure.Message);
    }
}
