using System.Diagnostics;

namespace Twisted.Fuzzing;

/// <summary>Makes a failing input small: takes out what the failure does not need, makes the rest plain.</summary>
internal static class Shrinker
{
    /// <summary>The smallest found within the time.</summary>
    /// <param name="input">It fails.</param>
    /// <param name="fails">Whether another input fails in the same way.</param>
    /// <param name="time">How long to try.</param>
    internal static byte[] Shrink(byte[] input, Func<byte[], bool> fails, TimeSpan time)
    {
        long started = Stopwatch.GetTimestamp();
        byte[] best = input;
        for (int size = best.Length / 2; size >= 1; size = Math.Min(size / 2, best.Length))
        {
            for (int at = 0; at + size <= best.Length && Stopwatch.GetElapsedTime(started) < time;)
            {
                byte[] shorter = [.. best[..at], .. best[(at + size)..]];
                if (fails(shorter))
                    best = shorter;
                else
                    at += size;
            }
        }
        for (int at = 0; at < best.Length && Stopwatch.GetElapsedTime(started) < time; at++)
        {
            byte[] plain = [.. best];
            plain[at] = (byte)'a';
            if (best[at] != 'a' && fails(plain))
                best = plain;
        }
        return best;
    }
}
