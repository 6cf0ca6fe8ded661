namespace Twisted.Benchmarks.Load;

/// <summary>L2: no byte of many busy streams is lost, repeated or out of order.</summary>
internal static class EchoTest
{
    internal static int Count(LoadOptions options) => options.Count(200, 1_000);

    internal static async Task Run(LoadRun run)
    {
        TimeSpan length = run.Options.Length(4, 1800);
        await run.Begin();
        var load = new EchoLoad(run, Count(run.Options));
        await load.Open();
        LoadRun.Say($"{load.Count:N0} connections are busy for {length.TotalSeconds:N0} s");
        load.Begin();
        await Progress.Over(run, length, () => $"{run.Streams.Verified:N0} bytes are back");
        await load.Close();
        run.Result.AtLeast("bytes verified a connection", run.Streams.Verified / (double)Count(run.Options), 1);
        await run.End();
    }
}
