namespace Twisted.Benchmarks.Load;

/// <summary>How long answers took: counted in steps of two percent, whatever their number.</summary>
internal sealed class LatencyRecord
{
    private const double Step = 1.02;
    private const double Least = 1e-6; // seconds

    private readonly long[] _counts = new long[1024]; // up to ten minutes

    internal long Count { get; private set; }

    internal void Add(TimeSpan time)
    {
        double steps = Math.Log(Math.Max(time.TotalSeconds, Least) / Least) / Math.Log(Step);
        _counts[Math.Min((int)steps, _counts.Length - 1)]++;
        Count++;
    }

    /// <summary>The time, in milliseconds, that this share of the answers did not exceed; 0 without answers.</summary>
    internal double Percentile(double share)
    {
        long wanted = (long)Math.Ceiling(Count * share);
        long seen = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted && seen > 0)
                return Least * Math.Pow(Step, i + 1) * 1000;
        }
        return 0;
    }
}
