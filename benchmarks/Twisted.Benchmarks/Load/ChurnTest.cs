namespace Twisted.Benchmarks.Load;

/// <summary>L3: connections that come and go leave nothing behind.</summary>
internal static class ChurnTest
{
    internal static async Task Run(LoadRun run)
    {
        int count = run.Options.Count(10_000, 600_000);
        await run.Begin();
        var load = new ChurnLoad(run, count, seed: 3);
        TimeSpan from = run.Reactor.Now;
        await Progress.Until(run, load.Start(), () => $"{load.Ended:N0} of {count:N0} connections");
        run.Result.Exactly("connections of the churn", load.Ended, count);
        run.Result.Tell("connections a second", load.Ended / (run.Reactor.Now - from).TotalSeconds);
        run.Result.Tell("reset by the client", load.Resets);
        run.Result.Tell("half closed by the client", load.HalfCloses);
        await run.End();
    }
}
