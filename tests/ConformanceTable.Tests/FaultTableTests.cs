using System.Text.RegularExpressions;

namespace ConformanceTable.Tests;

/// <summary>The table of faults in docs/reliability.md: what it names is there.</summary>
public partial class FaultTableTests
{
    [Fact]
    public void Every_fault_has_tests_on_real_sockets_that_exist() =>
        Clean.Assert(from row in FaultRow.All
                     from name in row.Tests.DefaultIfEmpty("")
                     where name.Length == 0 || TestMethod.Find(name).Count == 0
                     select name.Length == 0 ? $"{row.Place} has no test." : $"{row.Place}: there is no test {name}.");

    [Fact]
    public void Every_fault_has_scenarios_that_exist_or_a_reason_for_none()
    {
        HashSet<string> scenarios =
        [
            .. Files.Lines("tests/Twisted.Simulations/Scenario.cs").Select(line => Scenario().Match(line))
                .Where(found => found.Success).Select(found => found.Groups[1].Value),
        ];
        Clean.Assert(from row in FaultRow.All
                     where row.Scenarios.Length == 0
                         ? !row.Simulation.StartsWith("none: ", StringComparison.Ordinal)
                         : !row.Scenarios.All(scenarios.Contains)
                     select $"{row.Place}: {row.Simulation}.");
    }

    [Fact]
    public void The_table_is_whole()
    {
        Assert.True(FaultRow.All.Count > 25, $"{FaultRow.All.Count} faults");
        Assert.Equal(FaultRow.All.Count, FaultRow.All.Select(row => row.Fault).Distinct().Count());
        Assert.All(FaultRow.All, row => Assert.NotEmpty(row.Outcome));
    }

    [AfterTestsFact]
    public void Every_test_that_it_names_has_passed() =>
        Clean.Assert(RunTests.NotPassed(FaultRow.All.SelectMany(row => row.Tests, (row, name) => (row.Place, name))));

    [GeneratedRegex("""^ +new\("([\w-]+)", """)]
    private static partial Regex Scenario();
}
