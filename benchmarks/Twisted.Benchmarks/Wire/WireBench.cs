namespace Twisted.Benchmarks.Wire;

/// <summary>
/// Measures each peer between two samples of the reference, in rounds. Machines are shared and noisy: only a ratio to
/// references right before and after counts, and a sample whose two references differ is dropped.
/// </summary>
internal sealed class WireBench(BenchFolders folders, IReadOnlyList<WirePeer> peers, int rounds, double seconds)
{
    /// <summary>References that differ by more say that the machine was busy meanwhile.</summary>
    private const double MostDrift = 0.12;

    internal IEnumerable<WireRow> Measure(WireScenario scenario)
    {
        WirePeer? reference = scenario.IsIdle || scenario.IsLine ? null : peers[0];
        List<WirePeer> others = [.. peers.Skip(scenario.IsIdle ? 0 : 1).Where(CanTake)];
        var rows = others.ToDictionary(peer => peer, peer => new WireRow(scenario, peer.Name));
        var drift = new List<double>();
        for (int round = 0; round < rounds; round++)
        {
            WireSample? before = reference is null ? null : Sample(reference);
            foreach (WirePeer peer in others)
            {
                WireRow row = rows[peer];
                if (row.Failure is not null)
                    continue;
                try
                {
                    WireSample sample = Sample(peer);
                    WireSample? after = reference is null ? null : Sample(reference);
                    row.Add(sample, before, after, MostDrift);
                    if (before is not null)
                        drift.Add(after!.Capacity / before.Capacity);
                    before = after;
                }
                catch (BenchException failure)
                {
                    row.Failure = failure.Message;
                }
            }
        }
        Noise = drift.Count == 0 ? 0 : drift.Select(x => Math.Abs(x - 1)).Order().ElementAt(drift.Count / 2);
        return rows.Values;

        bool CanTake(WirePeer peer) => !scenario.IsLine || peer.LineCommand is not null;

        WireSample Sample(WirePeer peer) => WireSample.Take(folders, scenario,
            scenario.IsLine ? peer.LineCommand! : peer.Command, seconds);
    }

    /// <summary>How far two references in a row lay apart, as a median, in the scenario measured last.</summary>
    internal double Noise { get; private set; }
}
