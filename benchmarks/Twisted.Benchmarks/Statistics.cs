namespace Twisted.Benchmarks;

/// <summary>Figures that a few wild samples do not move.</summary>
internal static class Statistics
{
    /// <summary>The middle; null of nothing.</summary>
    internal static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Half the distance between the quartiles; null of fewer than three.</summary>
    internal static double? Spread(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length < 3 ? null : (sorted[sorted.Length * 3 / 4] - sorted[sorted.Length / 4]) / 2;
    }
}
