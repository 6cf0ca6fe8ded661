namespace Twisted.Benchmarks.Wire;

/// <summary>What was measured of one peer in one scenario.</summary>
internal sealed class WireRow(WireScenario scenario, string peer)
{
    private readonly List<double> _ratios = [];
    private readonly List<WireSample> _samples = [];

    internal WireScenario Scenario => scenario;

    internal string Peer => peer;

    /// <summary>Why there are no figures.</summary>
    internal string? Failure { get; set; }

    /// <summary>Samples that the busy machine spoiled.</summary>
    internal int Dropped { get; private set; }

    internal int Count => _samples.Count;

    /// <summary>Capacity as a part of the reference's, the median; null when it was not measured.</summary>
    internal double? Ratio => Median(_ratios);

    /// <summary>How far the ratios lie apart: half the distance between the quartiles.</summary>
    internal double? Spread => _ratios.Count < 3
        ? null
        : (_ratios.Order().ElementAt(_ratios.Count * 3 / 4) - _ratios.Order().ElementAt(_ratios.Count / 4)) / 2;

    internal double? Capacity => Median(_samples.Select(sample => sample.Capacity));

    internal double? Throughput => Median(_samples.Select(sample => sample.Throughput));

    internal double? P50 => Median(_samples.Select(sample => sample.P50));

    internal double? P99 => Median(_samples.Select(sample => sample.P99));

    internal double? BytesAConnection => Median(_samples.Select(sample => sample.BytesAConnection));

    internal void Add(WireSample sample, WireSample? before, WireSample? after, double mostDrift)
    {
        if (before is not null && after is not null)
        {
            if (Math.Abs(after.Capacity - before.Capacity) > mostDrift * before.Capacity)
            {
                Dropped++;
                return;
            }
            _ratios.Add(sample.Capacity / ((before.Capacity + after.Capacity) / 2));
        }
        _samples.Add(sample);
    }

    private static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? null : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
