using System.Globalization;
namespace Twisted.Benchmarks.Load;

/// <summary>L4: busy connections, churn and faults for long: nothing grows, nothing gets slower.</summary>
internal static class SoakTest
{
    private const double Megabyte = 1 << 20;
    private const double ChurnPerSecond = 100;
    private const double MostGrowth = 1;     // MB an hour
    private const double MostShortGrowth = 32; // MB in all
    private const double MostSlower = 1.2;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);

    /// <summary>What is shorter says nothing about an hour.</summary>
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    internal static int Descriptors(LoadOptions options) => Count(options) + 2 * ChurnLoad.Parallel;

    private static int Count(LoadOptions options) => options.Count(100, 300);

    internal static async Task Run(LoadRun run)
    {
        TimeSpan length = run.Options.Length(6, 8 * 3600);
        LoadRun.Say($"--seed {run.Options.Seed} decides, and repeats, sizes, pauses and faults");
        await run.Begin();
        var echo = new EchoLoad(run, Count(run.Options));
        var churn = new ChurnLoad(run, long.MaxValue, seed: 5) { IsPaced = true };
        var faults = new Faults(run, echo, churn);
        await echo.Open();
        LoadRun.Say($"{echo.Count:N0} busy connections, {ChurnPerSecond:N0} new a second, ten faults a second, "
            + $"for {length.TotalSeconds:N0} s");
        var steps = new LoopingCall(run.Reactor, () => churn.StartSome((int)(ChurnPerSecond * Tick.TotalSeconds)));
        var samples = new SoakSamples(run, length);
        echo.Begin();
        faults.Begin();
        _ = steps.Start(Tick, now: false);
        samples.Begin();
        await Progress.Over(run, length, () => string.Create(CultureInfo.InvariantCulture,
            $"{run.Streams.Verified:N0} bytes, {churn.Ended:N0} connections, p99 {samples.LastP99:F1} ms"));
        samples.Stop();
        steps.Stop();
        faults.Stop();
        await churn.Stop();
        await echo.Close();
        run.Latency = new LatencyRecord(); // told by eighths
        Tell(run, samples, length);
        run.Result.Note($"faults: {faults}");
        await run.End();
        run.Result.Exactly("planned exceptions that the server had", (await run.Server.Count()).Planned,
            faults.Planned);
    }

    private static void Tell(LoadRun run, SoakSamples samples, TimeSpan length)
    {
        LoadResult result = run.Result;
        result.Tell("p99 of the first eighth", samples.FirstP99, "ms");
        result.Tell("p99 of the last eighth", samples.LastP99, "ms");
        double slower = samples.LastP99 / samples.FirstP99;
        if (length >= LongEnough)
        {
            result.AtMost("server: resident growth, last three quarters", samples.Slope / Megabyte, MostGrowth, "MB/h");
            result.AtMost("p99 of the last eighth / the first", slower, MostSlower);
            return;
        }
        result.Note("growth by the hour and the last p99 against the first are only held to a limit from one hour on; "
            + $"before that the growth in all has to stay below {MostShortGrowth} MB");
        result.Tell("server: resident growth, last three quarters", samples.Slope / Megabyte, "MB/h");
        result.Tell("p99 of the last eighth / the first", slower);
        result.AtMost("server: resident growth, last three quarters, in all", samples.Growth / Megabyte,
            MostShortGrowth, "MB");
    }
}
