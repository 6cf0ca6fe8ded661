using System.Diagnostics;

namespace Twisted.Fuzzing;

/// <summary>All that has to be true of one input to one parser, whatever case it came from.</summary>
internal static class InputCheck
{
    /// <summary>What small inputs may take beyond their bytes: arrays have a smallest size.</summary>
    internal const int Slack = 4096;

    // A byte is copied when it comes, when the buffer grows (twice in sum) and when it is packed, and searched once.
    private const int WorkPerByte = 8;
    private const int WorkBase = 1024;

    // Only for what allocates and copies nothing and takes long all the same: far above what any input needs.
    private const int SlowMilliseconds = 250;

    /// <summary>Above this an input is not cut into single bytes: that tests nothing new and takes long.</summary>
    private const int MostSingle = 512;

    [ThreadStatic] private static List<Exception>? _unhandled;

    static InputCheck() => Deferred.UnhandledFailure += failure => _unhandled?.Add(failure);

    /// <summary>Runs the parser on the input, whole and in pieces.</summary>
    /// <exception cref="DefectException">The parser does not keep what it has to.</exception>
    internal static Outcome Of(FuzzTarget target, byte[] input)
    {
        Outcome whole = Run(target, input, [input.Length]);
        target.Verify(input, whole);
        if (!target.IsStream)
            return whole;
        FuzzRandom random = FuzzRandom.Of(input);
        if (input.Length <= MostSingle)
            Compare(target, input, whole, [.. Enumerable.Repeat(1, input.Length)]);
        Compare(target, input, whole, Sizes(input.Length, random, 8));
        Compare(target, input, whole, Sizes(input.Length, random, Math.Max(8, input.Length / 2)));
        return whole;
    }

    private static void Compare(FuzzTarget target, byte[] input, Outcome whole, IReadOnlyList<int> sizes)
    {
        Outcome cut = Run(target, input, sizes);
        target.Verify(input, cut);
        List<FuzzEvent> expected = [.. target.Invariant(whole)];
        List<FuzzEvent> seen = [.. target.Invariant(cut)];
        int i = 0;
        while (i < expected.Count && i < seen.Count && expected[i].IsSame(seen[i]))
            i++;
        if (i < expected.Count || i < seen.Count)
            throw new DefectException("chunks", $"event {i} is {At(expected, i)} for the whole input and {At(seen, i)} "
                + $"when it is cut into {Shown(sizes)}");
    }

    private static Outcome Run(FuzzTarget target, byte[] input, IReadOnlyList<int> sizes)
    {
        List<Exception> unhandled = _unhandled ??= [];
        unhandled.Clear();
        long best = long.MaxValue;
        for (int attempt = 0; ; attempt++)
        {
            var outcome = new Outcome();
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            long started = Stopwatch.GetTimestamp();
            try
            {
                target.Run(input, sizes, outcome);
            }
            catch (Exception failure) when (target.IsOwnError(failure))
            {
                outcome.IsRefused = true;
                outcome.Add("error", System.Text.Encoding.UTF8.GetBytes(failure.GetType().Name));
            }
            catch (Exception failure) when (failure is not DefectException)
            {
                throw new DefectException("error", $"cut into {Shown(sizes)}: {failure}");
            }
            best = Math.Min(best, (long)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Judge(target, input, sizes, outcome, allocated);
            if (unhandled is [var first, ..])
                throw new DefectException("unhandled", $"cut into {Shown(sizes)}: {first}");
            if (best < SlowMilliseconds)
                return outcome;
            if (attempt == 2) // the machine may have been busy once or twice
                throw new DefectException("slow", $"{best} ms for {input.Length} bytes");
        }
    }

    private static void Judge(
        FuzzTarget target, byte[] input, IReadOnlyList<int> sizes, Outcome outcome, long allocated)
    {
        long mostWork = ((long)WorkPerByte * input.Length) + WorkBase;
        if (outcome.Work > mostWork)
            throw new DefectException("work", $"{outcome.Work} bytes were copied or searched for {input.Length}, "
                + $"cut into {Shown(sizes)}; {mostWork} may be");
        long most = ((long)target.AllocationPerByte * input.Length) + target.AllocationBase;
        if (allocated > most)
            throw new DefectException("allocation", $"{allocated} bytes were allocated for {input.Length}, "
                + $"cut into {Shown(sizes)}; {most} may be");
        if (outcome.HeldTooMuch is { } held)
            throw new DefectException("memory", $"cut into {Shown(sizes)}: {held}");
    }

    private static List<int> Sizes(int length, FuzzRandom random, int most)
    {
        var sizes = new List<int>();
        for (int rest = length; rest > 0; rest -= sizes[^1])
            sizes.Add(Math.Min(rest, 1 + random.Below(most)));
        return sizes;
    }

    private static string At(List<FuzzEvent> events, int index) =>
        index < events.Count ? $"'{events[index]}'" : "missing";

    private static string Shown(IReadOnlyList<int> sizes) => sizes.Count <= 1
        ? "one piece"
        : string.Join('+', sizes.Take(32)) + (sizes.Count > 32 ? "..." : "") + " bytes";
}
