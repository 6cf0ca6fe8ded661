namespace Twisted.Benchmarks.Load;

/// <summary>Memory of the server and answer times, sampled over a soak.</summary>
internal sealed class SoakSamples(LoadRun run, TimeSpan length)
{
    private const int Parts = 8;
    private const int Samples = 480;

    private readonly LatencyRecord[] _latencies = [.. Enumerable.Range(0, Parts).Select(_ => new LatencyRecord())];
    private readonly List<(double Seconds, double Bytes)> _memory = [];
    private TimeSpan _from;
    private LoopingCall? _calls;

    internal double FirstP99 => _latencies[0].Percentile(0.99);

    /// <summary>Of the last eighth that has answers.</summary>
    internal double LastP99 => (_latencies.LastOrDefault(part => part.Count > 0) ?? _latencies[0]).Percentile(0.99);

    /// <summary>Bytes an hour: the line that fits the last three quarters best.</summary>
    internal double Slope => SlopeOf(Late()) * 3600;

    /// <summary>Bytes between the mean of the first and of the last tenth of the last three quarters.</summary>
    internal double Growth
    {
        get
        {
            (double Seconds, double Bytes)[] late = Late();
            int tenth = Math.Max(1, late.Length / 10);
            return late.TakeLast(tenth).Average(sample => sample.Bytes)
                - late.Take(tenth).Average(sample => sample.Bytes);
        }
    }

    internal void Begin()
    {
        _from = run.Reactor.Now;
        _calls = new LoopingCall(run.Reactor, Take);
        _calls.Start(length / Samples);
    }

    internal void Stop() => _calls!.Stop();

    /// <summary>The slope of the least squares.</summary>
    internal static double SlopeOf(IReadOnlyCollection<(double X, double Y)> points)
    {
        if (points.Count < 2)
            return 0;
        double meanX = points.Average(point => point.X);
        double meanY = points.Average(point => point.Y);
        double square = points.Sum(point => (point.X - meanX) * (point.X - meanX));
        return square == 0 ? 0 : points.Sum(point => (point.X - meanX) * (point.Y - meanY)) / square;
    }

    private (double Seconds, double Bytes)[] Late() =>
        [.. _memory.Where(sample => sample.Seconds >= length.TotalSeconds / 4)];

    private void Take()
    {
        double seconds = (run.Reactor.Now - _from).TotalSeconds;
        _memory.Add((seconds, run.Server.Resident));
        run.Latency = _latencies[Math.Min(Parts - 1, (int)(seconds / length.TotalSeconds * Parts))];
    }
}
