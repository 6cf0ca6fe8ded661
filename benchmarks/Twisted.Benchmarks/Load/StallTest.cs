namespace Twisted.Benchmarks.Load;

/// <summary>
/// L6: the watch sees a callback that works too long. What l1 to l4 have seen is added by the command.
/// </summary>
internal static class StallTest
{
    /// <summary>Whose callbacks must never work too long.</summary>
    internal static readonly string[] Others = ["l1", "l2", "l3", "l4"];

    internal static async Task Run(LoadRun run)
    {
        await run.Server.PlantStall();
        ServerState after;
        TimeSpan limit = run.Reactor.Now + TimeSpan.FromSeconds(10);
        do
        {
            after = await run.Server.Count();
        }
        while (after.StallsOwn == 0 && run.Reactor.Now < limit);
        run.Result.Exactly("planted callbacks of 100 ms of work that were seen", after.StallsOwn, 1);
        foreach (string name in after.StallsNamed)
            run.Result.Note($"planted: {name}");
    }
}
