namespace Twisted.Fuzzing;

/// <summary>
/// Random numbers that are the same on every machine and in every version of .NET: a case is its seed and its number.
/// SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
internal sealed class FuzzRandom(ulong state)
{
    private ulong _state = state;

    /// <summary>The stream of one case: cases depend on nothing that came before them.</summary>
    internal static FuzzRandom Of(string target, long seed, long number) =>
        new(Mix(Mix(Hash(target)) + Mix((ulong)seed + 1) + (ulong)number * 0x9E3779B97F4A7C15));

    /// <summary>The stream of an input, whatever case it came from.</summary>
    internal static FuzzRandom Of(ReadOnlySpan<byte> input)
    {
        ulong hash = 14695981039346656037; // FNV-1a
        foreach (byte b in input)
            hash = (hash ^ b) * 1099511628211;
        return new FuzzRandom(hash);
    }

    internal ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    /// <summary>From 0 to just below a bound.</summary>
    internal int Below(int bound) => bound <= 1 ? 0 : (int)(Next() % (ulong)bound);

    internal bool OneIn(int chances) => Below(chances) == 0;

    internal T Of<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    private static ulong Hash(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
            hash = (hash ^ c) * 1099511628211;
        return hash;
    }
}
