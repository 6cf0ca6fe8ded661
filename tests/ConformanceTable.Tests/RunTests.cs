namespace ConformanceTable.Tests;

/// <summary>After ./test: what the table names has run and passed, by the result files that it has left.</summary>
public class RunTests
{
    [AfterTestsFact]
    public void Every_test_of_ours_that_the_table_names_has_passed()
    {
        HashSet<(string Class, string Method)> passed = [.. TestResults.Passed()];
        Clean.Assert(from row in Row.All
                     from name in row.Tests
                     from test in TestMethod.Find(name)
                     where !test.Classes.Any(one => passed.Contains((one.FullName!, test.Method.Name)))
                     select $"{row.Place}: {name} has not passed in the last ./test: "
                        + $"{test.Classes[0].FullName}.{test.Method.Name}");
    }
}
