namespace ConformanceTable.Tests;

/// <summary>The table of Twisted's tests: it is complete, and the tests of ours that it names exist.</summary>
public class TableTests
{
    /// <summary>Twisted's own: its modules, and its classes with the number of their test methods.</summary>
    private const string TwistedsTests = "tests/vectors/twisted_tests_by_class.tsv";

    [Fact]
    public void Every_test_method_of_Twisteds_is_accounted_for() =>
        Assert.Equal(Listed(), from row in Row.All
                               group row by (row.Module, row.Class) into rows
                               orderby rows.Key
                               select Text(rows.Key.Module, rows.Key.Class, rows.Sum(row => row.Count)));

    [Fact]
    public void Each_line_repeats_the_number_of_its_class() =>
        Clean.Assert(from row in Row.All
                     where !Listed().Contains(Text(row.Module, row.Class, row.Methods))
                     select $"{row.Place} has not {row.Methods} test methods.");

    [Fact]
    public void A_class_has_one_line_an_outcome() =>
        Clean.Assert(from row in Row.All
                     group row by (row.Module, row.Class, row.Outcome) into rows
                     where rows.Count() > 1
                     select $"{rows.First().Place} is \"{rows.Key.Outcome}\" twice.");

    [Fact]
    public void Each_line_has_tests_or_a_reason_as_its_outcome_demands()
    {
        string[] departures =
        [
            .. from line in Files.Lines("docs/DEVIATIONS.md")
               where line.StartsWith("## ", StringComparison.Ordinal)
               select line[3..] + ": ",
        ];
        Clean.Assert(from row in Row.All
                     where row.Count < 1 || !(row.Outcome switch
                     {
                         Row.Ported => row.Tests.Length > 0,
                         Row.Deviates => departures.Any(one => row.Reason.StartsWith(one, StringComparison.Ordinal)),
                         Row.NotApplicable => row.Reason.Length > 0 && row.Tests.Length == 0,
                         _ => false,
                     })
                     select $"{row.Place}: \"ported\" needs tests, \"deviates\" a heading of DEVIATIONS.md, "
                        + "\"not applicable\" a reason alone.");
    }

    [Fact]
    public void Every_test_of_ours_that_it_names_exists_and_would_run() =>
        Clean.Assert(from row in Row.All
                     from test in row.Tests
                     where TestMethod.Find(test).Count == 0
                     select $"{row.Place}: ./test runs no {test}, or its class is not the only one of that name.");

    [Theory]
    [InlineData("CallbackTests.A_chain_passes_its_value_on", true)]
    [InlineData("CallbackTests.*", true)]
    [InlineData("TimerContract.Equal_times_run_in_the_order_they_were_set", true)] // a suite: its reactors run it
    [InlineData("Interop.Tests.EndpointStringTests.*", true)]
    [InlineData("EndpointStringTests.*", false)] // two classes have that name
    [InlineData("CallbackTests.A_chain_passes_its_value", false)]
    [InlineData("Probe.Succeeded", false)]
    public void A_name_is_found_or_not(string name, bool found) =>
        Assert.Equal(found, TestMethod.Find(name).Count > 0);

    private static IEnumerable<string> Listed() =>
        Files.Lines(TwistedsTests).Select(line => line.Split('\t'))
            .SelectMany(cells => cells[2].Split(' '), (cells, one) => (Module: cells[0], Class: one.Split(':')))
            .OrderBy(one => (one.Module, one.Class[0]))
            .Select(one => $"{one.Module} {one.Class[0]}: {one.Class[1]}");

    private static string Text(string module, string name, int methods) => $"{module} {name}: {methods}";
}
