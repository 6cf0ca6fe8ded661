namespace Twisted.Benchmarks.Wire;

/// <summary>What was measured of one peer in one scenario.</summary>
internal sealed class WireRow(WireScenario scenario, WirePeer peer)
{
    /// <summary>A median of fewer samples is marked.</summary>
    internal const int Enough = 5;

    private readonly List<double> _ratios = [];
    private readonly List<double> _idle = [];
    private readonly List<WireSample> _samples = [];

    internal WirePeer Peer => peer;

    /// <summary>Why there are no figures.</summary>
    internal string? Failure { get; set; }

    /// <summary>Samples that the busy machine spoiled.</summary>
    internal int Dropped { get; private set; }

    internal int Count => scenario.IsIdle ? _idle.Count : _samples.Count;

    /// <summary>Capacity as a part of the reference's, the median; null when it was not measured.</summary>
    internal double? Ratio => Statistics.Median(_ratios);

    /// <summary>How far the ratios lie apart: half the distance between the quartiles.</summary>
    internal double? Spread => Statistics.Spread(_ratios);

    internal double? BytesAConnection => Statistics.Median(_idle);

    internal double? Median(Func<WireSample, double> figure) => Statistics.Median(_samples.Select(figure));

    internal void AddIdle(double bytes) => _idle.Add(bytes);

    /// <summary>Takes a sample between two of the reference, unless these lie too far apart.</summary>
    internal void Add(WireSample sample, double before, double after)
    {
        if (Math.Abs(after - before) > WireBench.MostDrift * Math.Min(before, after))
        {
            Dropped++;
            return;
        }
        _ratios.Add(sample.Capacity(scenario) / ((before + after) / 2));
        _samples.Add(sample);
    }
}
