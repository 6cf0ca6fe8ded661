using System.Diagnostics;

namespace Twisted.Benchmarks.Micro;

/// <summary>
/// The just-in-time compiler optimises what has run often for a tenth of a second; a benchmark whose iterations are
/// shorter than that would measure unoptimised code.
/// </summary>
internal static class Warmth
{
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(0.6);

    internal static void Bring(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Enough)
            work();
    }
}
