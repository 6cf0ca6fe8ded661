namespace ConformanceTable.Tests;

/// <summary>After ./test: what the table names has run and passed, by the result files that it has left.</summary>
public class RunTests
{
    [AfterTestsFact]
    public void Every_test_of_ours_that_the_table_names_has_passed() =>
        Clean.Assert(NotPassed(Row.All.SelectMany(row => row.Tests, (row, name) => (row.Place, name))));

    /// <summary>A line for each of the named tests that has not.</summary>
    internal static IEnumerable<string> NotPassed(IEnumerable<(string Place, string Name)> named)
    {
        HashSet<(string Class, string Method)> passed = [.. TestResults.Passed()];
        return from one in named
               from test in TestMethod.Find(one.Name)
               where !test.Classes.Any(type => passed.Contains((type.FullName!, test.Method.Name)))
               select $"{one.Place}: {one.Name} has not passed in the last ./test: "
                  + $"{test.Classes[0].FullName}.{test.Method.Name}";
    }
}
