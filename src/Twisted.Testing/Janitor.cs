namespace Twisted.Testing;

/// <summary>
/// Says what a test has left behind: timers, connections, ports, attempts, failures. Twisted: trial's dirty reactor
/// check.
/// </summary>
/// <remarks>
/// Reactor thread, or a reactor that does not run. It also tells of broken rules of the library itself, which it counts
/// always.
/// </remarks>
/// <example><code>Janitor.AssertClean(net.Clock); // or reactor.AssertClean();</code></example>
public static class Janitor
{
    /// <summary>Throws when anything is left on a reactor, a real one, say.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <exception cref="LeftoversException">Something is left; the message lists all of it.</exception>
    public static void AssertClean(this IReactor reactor) => EnsureNone(Leftovers(reactor));

    /// <summary>Throws when anything is left on the clock or on a memory reactor or network of it.</summary>
    /// <param name="clock">The clock of the test.</param>
    /// <exception cref="LeftoversException">Something is left; the message lists all of it.</exception>
    public static void AssertClean(VirtualClock clock) => EnsureNone(Leftovers(clock));

    /// <summary>What is left, one line each; empty when the test was tidy.</summary>
    /// <param name="clock">The clock of the test.</param>
    public static IReadOnlyList<string> Leftovers(VirtualClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return [.. clock.Loops.SelectMany(loop => loop.Leftovers())];
    }

    /// <summary>What is left on a reactor, one line each.</summary>
    /// <param name="reactor">The reactor.</param>
    /// <exception cref="ArgumentException">It is not one of this library's.</exception>
    public static IReadOnlyList<string> Leftovers(IReactor reactor)
    {
        ArgumentNullException.ThrowIfNull(reactor);
        return reactor is ReactorBase ours
            ? [.. ours.Leftovers()]
            : throw new ArgumentException(
                $"{reactor.GetType()} is not a reactor of this library: it cannot be asked what it has open.",
                nameof(reactor));
    }

    private static void EnsureNone(IReadOnlyList<string> left)
    {
        if (left.Count > 0)
            throw new LeftoversException(left);
    }
}
