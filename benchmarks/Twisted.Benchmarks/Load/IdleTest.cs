namespace Twisted.Benchmarks.Load;

/// <summary>L1: connections that say nothing cost almost nothing.</summary>
internal static class IdleTest
{
    private const double Megabyte = 1 << 20;

    internal static int Count(LoadOptions options) => options.Count(2_000, 10_000);

    internal static async Task Run(LoadRun run)
    {
        int count = Count(run.Options);
        TimeSpan length = run.Options.Length(2, 600);
        await run.Begin();
        var load = new EchoLoad(run, count);
        await load.Open();
        (ServerState begun, ProcessState before) = await run.Look();
        LoadRun.Say($"{begun.Open:N0} connections are open and silent for {length.TotalSeconds:N0} s");
        TimeSpan from = run.Reactor.Now;
        await Progress.Over(run, length, () => "idle");
        double seconds = (run.Reactor.Now - from).TotalSeconds;
        (ServerState ended, _) = await run.Look();
        LoadResult result = run.Result;
        result.Exactly("server: connections at the end", ended.Open, count);
        result.Tell("server: resident with all open", ended.Process!.Resident / Megabyte, "MB");
        result.AtMost("server: memory over baseline", (ended.Process.Resident - before.Resident) / Megabyte, 150, "MB");
        result.Tell("server: memory a connection", (ended.Process.Resident - before.Resident) / (double)count, "B");
        double work = ended.Process.Processor - begun.Process!.ProcessorAfter;
        result.AtMost("server: processor while idle", 100 * work / seconds, run.Options.IsShort ? 5 : 2, "%");
        load.SayOnce();
        await load.Close();
        run.Latency = new LatencyRecord(); // all at once: that says nothing about one
        await run.End();
    }
}
