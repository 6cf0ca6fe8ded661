namespace Twisted.Benchmarks;

/// <summary>What was named on the command line, of what there is.</summary>
internal static class Choice
{
    /// <summary>Those that are named, in the order in which they are listed; all when nothing is said.</summary>
    /// <exception cref="BenchException">There is none of that name.</exception>
    internal static IReadOnlyList<T> Of<T>(IReadOnlyList<T> all, string? names, Func<T, string> nameOf)
    {
        if (names is null)
            return all;
        string[] wanted = names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (wanted.Except(all.Select(nameOf)).ToArray() is [var unknown, ..])
            throw new BenchException($"there is no '{unknown}'; there are {string.Join(", ", all.Select(nameOf))}");
        return [.. all.Where(one => wanted.Contains(nameOf(one)))];
    }
}
