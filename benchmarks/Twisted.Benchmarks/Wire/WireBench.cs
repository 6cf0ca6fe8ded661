namespace Twisted.Benchmarks.Wire;

/// <summary>
/// Measures each peer between two samples of the reference, in rounds. Machines are shared and noisy: only a ratio to
/// references right before and after counts, and a sample whose two references differ is dropped.
/// </summary>
/// <remarks>
/// Samples are short and many, because a disturbance lasts seconds: all servers live through the whole scenario and are
/// loaded in turn, so no sample pays for a start.
/// </remarks>
internal sealed class WireBench(BenchFolders folders, WireCores cores, WireOptions options)
{
    /// <summary>References that differ by more say that the machine was busy meanwhile.</summary>
    internal const double MostDrift = 0.12;

    /// <summary>How many rounds are added when dropped samples leave too few.</summary>
    private const int MostExtraRounds = 3;

    internal WireResult Measure(WireScenario scenario, IReadOnlyList<WirePeer> peers) =>
        scenario.IsIdle ? MeasureIdle(scenario, peers) : MeasureLoad(scenario, peers);

    private WireResult MeasureIdle(WireScenario scenario, IReadOnlyList<WirePeer> peers)
    {
        var result = new WireResult(scenario, peers);
        foreach (WireRow row in result.Rows)
        {
            for (int i = 0; i < WireRow.Enough && row.Failure is null; i++)
            {
                Attempt(row, () =>
                {
                    using WireEntrant entrant = WireEntrant.Start(folders, scenario, row.Peer, cores);
                    row.AddIdle(entrant.BytesAConnection);
                });
            }
        }
        return result;
    }

    private WireResult MeasureLoad(WireScenario scenario, IReadOnlyList<WirePeer> peers)
    {
        using WireEntrant reference = WireEntrant.Start(folders, scenario, peers[0], cores);
        var result = new WireResult(scenario, peers.Skip(1).Where(peer => peer.CommandFor(scenario) is not null));
        var entrants = new Dictionary<WireRow, WireEntrant>();
        try
        {
            foreach (WireRow row in result.Rows)
                Attempt(row, () => entrants.Add(row, WireEntrant.Start(folders, scenario, row.Peer, cores)));
            for (int round = 0; round < options.Rounds * MostExtraRounds && MoreToDo(round); round++)
                Round(result, reference, entrants);
        }
        finally
        {
            foreach (WireEntrant entrant in entrants.Values)
                entrant.Dispose();
        }
        return result;

        bool MoreToDo(int round) => round < options.Rounds
            || result.Rows.Any(row => row.Failure is null && row.Count < WireRow.Enough);
    }

    private void Round(WireResult result, WireEntrant reference, Dictionary<WireRow, WireEntrant> entrants)
    {
        TimeSpan shortest = result.Scenario.ShortestSample;
        TimeSpan length = options.Sample > shortest ? options.Sample : shortest;
        WireSample before = reference.Sample(length);
        foreach (WireRow row in result.Rows.Where(row => row.Failure is null))
        {
            Attempt(row, () =>
            {
                WireSample sample = entrants[row].Sample(length);
                WireSample after = reference.Sample(length);
                result.Add(row, sample, before, after);
                before = after;
            });
        }
    }

    private static void Attempt(WireRow row, Action measure)
    {
        try
        {
            measure();
        }
        catch (BenchException failure)
        {
            row.Failure = failure.Message;
        }
    }
}

/// <summary>How much is measured.</summary>
/// <param name="Rounds">Samples of each peer.</param>
/// <param name="Sample">Length of a sample.</param>
internal sealed record WireOptions(int Rounds, TimeSpan Sample);
