using System.Collections.Concurrent;
using System.Diagnostics;
using Twisted.Processes;

namespace Twisted.Fuzzing;

/// <summary>The command: all parsers, as many at a time as there are cores; each is one test of the sum.</summary>
internal static class FuzzCommand
{
    /// <summary>What recurses over its input shows here first (RELIABILITY R13).</summary>
    private const int StackBytes = 256 * 1024;

    /// <summary>How much longer than its time a parser may take, its last case and the shrinking in it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static int Run(string[] arguments, TextWriter output)
    {
        if (FuzzOptions.Of(arguments) is not { } options)
        {
            output.WriteLine(FuzzOptions.Usage);
            output.WriteLine($"parsers: {string.Join(", ", Targets.Names)}");
            return 2;
        }
        using var scratch = new Scratch();
        EndpointTarget.SetInheritedSockets();
        var waiting = new ConcurrentQueue<string>(options.Target is { } one ? [one] : Targets.Names);
        var running = new ConcurrentDictionary<FuzzRun, long>();
        int passed = 0;
        int failed = 0;
        Thread[] workers = new Thread[Math.Min(waiting.Count, Environment.ProcessorCount)];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = new Thread(Work, StackBytes) { IsBackground = true };
            workers[i].Start();
        }
        foreach (Thread worker in workers)
        {
            while (!worker.Join(TimeSpan.FromSeconds(1)))
                StopWhenStuck(running, options, output);
        }
        output.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;

        void Work()
        {
            while (waiting.TryDequeue(out string? name))
            {
                var run = new FuzzRun(Targets.Make(name), Corpus.Of(name), options.Seed);
                running[run] = Stopwatch.GetTimestamp();
                run.Run(options.Number ?? 0, options.MostCases, options.Time);
                running.TryRemove(run, out _);
                lock (output)
                {
                    Tell(run, output);
                    if (run.Failure is null)
                        passed++;
                    else
                        failed++;
                }
            }
        }
    }

    private static void Tell(FuzzRun run, TextWriter output)
    {
        long perSecond = (long)(run.Count / Math.Max(run.Elapsed.TotalSeconds, 0.001));
        output.WriteLine($"{run.Target,-16} {run.Count,9:N0} cases {perSecond,8:N0}/s "
            + $"{run.Bytes / Math.Max(run.Count, 1),6:N0} bytes each {run.RefusedPercent,3} % refused");
        if (run.Failure is not { } failure)
            return;
        string file = Repository.PathOf($"artifacts/fuzz/{run.Target}/{failure.FileName}");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, failure.Input);
        output.WriteLine(failure.Report(Path.GetRelativePath(Repository.Root, file)));
    }

    /// <summary>A parser that never returns: nothing but the end of the process stops its thread.</summary>
    private static void StopWhenStuck(
        ConcurrentDictionary<FuzzRun, long> running, FuzzOptions options, TextWriter output)
    {
        foreach ((FuzzRun run, long started) in running)
        {
            if (Stopwatch.GetElapsedTime(started) < options.Time + Patience)
                continue;
            output.WriteLine($"{run.Target}: case {run.Number} of seed {options.Seed} does not end.");
            output.WriteLine($"  again: ./test fuzz --target {run.Target} --seed {options.Seed} --case {run.Number}");
            output.WriteLine("0 passed, 1 failed");
            output.Flush();
            Environment.Exit(1);
        }
    }
}
