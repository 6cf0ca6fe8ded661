namespace Twisted.Testing;

/// <summary>Finds the least list of decisions that still fails: delta debugging (Zeller, Hildebrandt 2002).</summary>
/// <param name="fails">Runs a list.</param>
/// <param name="mostRuns">How often at the most.</param>
internal sealed class Shrinker(Func<IReadOnlyList<Decision>, bool> fails, int mostRuns)
{
    private int _runs;

    internal IReadOnlyList<Decision> Shrink(IReadOnlyList<Decision> decisions)
    {
        if (!Fails(decisions))
            return decisions; // fails by what no decision is about: show all there was
        List<Decision> least = [.. decisions];
        if (Fails([]))
            return [];
        int count;
        do
        {
            count = least.Count;
            least = Fewer(least);
            for (int i = 0; i < least.Count && _runs < mostRuns; i++)
                Lessen(least, i);
        }
        while (least.Count < count && _runs < mostRuns); // smaller outcomes may make others needless
        return least;
    }

    /// <summary>Leaves out what it can: halves, quarters, and so on down to one at a time.</summary>
    private List<Decision> Fewer(List<Decision> list)
    {
        for (int pieces = 2; list.Count > 1 && _runs < mostRuns;)
        {
            if (Without(list, pieces) is { } fewer)
            {
                list = fewer;
                pieces = Math.Max(pieces - 1, 2);
            }
            else if (pieces >= list.Count)
                break;
            else
                pieces = Math.Min(pieces * 2, list.Count);
        }
        return list;
    }

    /// <summary>The list without one of so many pieces, if it still fails.</summary>
    private List<Decision>? Without(List<Decision> list, int pieces)
    {
        int size = (list.Count + pieces - 1) / pieces;
        for (int start = 0; start < list.Count && _runs < mostRuns; start += size)
        {
            List<Decision> fewer = [.. list[..start], .. list[Math.Min(start + size, list.Count)..]];
            if (Fails(fewer))
                return fewer;
        }
        return null;
    }

    /// <summary>A smaller outcome is plainer: half as much, as long as it still fails.</summary>
    private void Lessen(List<Decision> list, int place)
    {
        while (list[place].Value > 1 && _runs < mostRuns)
        {
            Decision before = list[place];
            list[place] = before with { Value = before.Value / 2 };
            if (Fails(list))
                continue;
            list[place] = before;
            return;
        }
    }

    private bool Fails(IReadOnlyList<Decision> list)
    {
        _runs++;
        return fails(list);
    }
}
