namespace Twisted.Tests;

/// <summary>How a process ended, in words.</summary>
public class ProcessExitTests
{
    [Theory]
    [InlineData(0, null, "exit code 0")]
    [InlineData(3, null, "exit code 3")]
    [InlineData(null, 15, "signal 15")]
    [InlineData(null, null, "an end that was not told")]
    public void An_end_is_told_in_words(int? exitCode, int? signal, string words) =>
        Assert.Equal(words, new ProcessExit(exitCode, signal).ToString());
}
