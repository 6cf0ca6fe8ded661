using System.Globalization;
namespace Twisted.Benchmarks.Load;

/// <summary>Waits, and says how it goes: often in a short test, every few minutes in a long one.</summary>
internal static class Progress
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>For a time.</summary>
    internal static async Task Over(LoadRun run, TimeSpan length, Func<string> text)
    {
        LoopingCall lines = Begin(run, length / 10, text);
        await run.Reactor.DeferLater(length);
        lines.Stop();
    }

    /// <summary>Until something has ended.</summary>
    internal static async Task Until(LoadRun run, Deferred end, Func<string> text)
    {
        LoopingCall lines = Begin(run, TimeSpan.FromSeconds(10), text);
        await end;
        lines.Stop();
    }

    private static LoopingCall Begin(LoadRun run, TimeSpan interval, Func<string> text)
    {
        TimeSpan from = run.Reactor.Now;
        var lines = new LoopingCall(run.Reactor, () => LoadRun.Say(string.Create(CultureInfo.InvariantCulture,
            $"{(run.Reactor.Now - from).TotalSeconds,7:F0} s: {text()}, server {run.Server.Resident / 1048576} MB")));
        lines.Start(interval < Shortest ? Shortest : interval > Longest ? Longest : interval, now: false);
        return lines;
    }
}
