namespace Twisted.Benchmarks.Wire;

/// <summary>What was measured in one scenario: a row a peer, and how noisy the machine was.</summary>
internal sealed class WireResult(WireScenario scenario, IEnumerable<WirePeer> peers)
{
    private readonly List<double> _drifts = [];

    internal WireScenario Scenario => scenario;

    internal IReadOnlyList<WireRow> Rows { get; } = [.. peers.Select(peer => new WireRow(scenario, peer))];

    /// <summary>How far two references in a row lay apart, as a median.</summary>
    internal double? Noise => Statistics.Median(_drifts);

    internal void Add(WireRow row, WireSample sample, WireSample before, WireSample after)
    {
        double first = before.Capacity(scenario);
        double second = after.Capacity(scenario);
        _drifts.Add(Math.Abs(second / first - 1));
        row.Add(sample, first, second);
    }

    /// <summary>Our server's capacity as a multiple of a peer's; null when one of them was not measured.</summary>
    internal double? Ours(string peer)
    {
        double? ours = Find(WirePeer.Ours)?.Ratio;
        double? theirs = peer == scenario.Reference ? 1 : Find(peer)?.Ratio;
        return ours / theirs;
    }

    private WireRow? Find(string name) => Rows.FirstOrDefault(row => row.Peer.Name == name);
}
