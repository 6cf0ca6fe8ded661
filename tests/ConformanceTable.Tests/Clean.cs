namespace ConformanceTable.Tests;

internal static class Clean
{
    /// <summary>Fails with one line a mistake.</summary>
    internal static void Assert(IEnumerable<string> mistakes)
    {
        string[] all = [.. mistakes];
        Xunit.Assert.True(all.Length == 0, $"{all.Length} to mend:\n{string.Join('\n', all)}");
    }
}
