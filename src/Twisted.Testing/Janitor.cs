namespace Twisted.Testing;

/// <summary>
/// Says what a test has left behind: timers, connections, ports, attempts, failures. Twisted: trial's dirty reactor
/// check.
/// </summary>
/// <example><code>Janitor.AssertClean(net.Clock);</code></example>
public static class Janitor
{
    /// <summary>Throws when anything is left on the clock or on a memory reactor or network of it.</summary>
    /// <param name="clock">The clock of the test.</param>
    /// <exception cref="LeftoversException">Something is left; the message lists all of it.</exception>
    public static void AssertClean(VirtualClock clock)
    {
        IReadOnlyList<string> left = Leftovers(clock);
        if (left.Count > 0)
            throw new LeftoversException(left);
    }

    /// <summary>What is left, one line each; empty when the test was tidy.</summary>
    /// <param name="clock">The clock of the test.</param>
    public static IReadOnlyList<string> Leftovers(VirtualClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return [.. clock.Loops.SelectMany(loop => loop.Leftovers())];
    }
}
