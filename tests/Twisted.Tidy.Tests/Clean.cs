namespace Twisted.Tidy.Tests;

internal static class Clean
{
    /// <summary>Fails with one line a violation.</summary>
    internal static void Assert(IEnumerable<string> violations)
    {
        string[] all = [.. violations];
        Xunit.Assert.True(all.Length == 0, $"{all.Length} to mend:\n{string.Join('\n', all)}");
    }
}
