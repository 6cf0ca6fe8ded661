namespace Twisted.Benchmarks.Load;

/// <summary>One of the load tests of the plan.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Title">What it does.</param>
/// <param name="Descriptors">How many each process needs for a number of connections.</param>
/// <param name="Run">Runs it.</param>
internal sealed record LoadTest(
    string Name, string Title, Func<LoadOptions, int> Descriptors, Func<LoadRun, Task> Run)
{
    /// <summary>What .NET, the terminal and the pipes take.</summary>
    private const int Besides = 200;

    internal static IReadOnlyList<LoadTest> All { get; } =
    [
        new("l1", "idle: 10,000 silent connections for 10 min; --short: 2,000 for 2 s",
            options => IdleTest.Count(options) + Besides, IdleTest.Run),
        new("l2", "echo: 1,000 busy connections for 30 min, every byte checked; --short: 200 for 4 s",
            options => EchoTest.Count(options) + Besides, EchoTest.Run),
        new("l3", "churn: 600,000 connections, 10 % reset, 10 % half closed; --short: 10,000",
            _ => ChurnLoad.Parallel + Besides, ChurnTest.Run),
        new("l4", "soak: l2, l3 and faults by a seed for 8 h; --short: 6 s",
            options => SoakTest.Descriptors(options) + Besides, SoakTest.Run),
        new("l5", "timers and threads: 1,000,000 timers pending, 1,000,000 calls from 8 threads",
            _ => Besides, TimerTest.Run),
        new("l6", "stalls: no callback works longer than 10 ms in l1 to l4, and the watch sees a planted one",
            _ => Besides, StallTest.Run),
    ];
}
