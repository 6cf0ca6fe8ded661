namespace Twisted.Testing;

/// <summary>Who decides in a simulation, and what was decided.</summary>
internal abstract class Decisions
{
    private readonly List<Decision> _made = [];

    /// <summary>All that went otherwise than the quiet way, in order.</summary>
    internal IReadOnlyList<Decision> Made => _made;

    /// <summary>Whether faults may still begin.</summary>
    internal bool HasFaults { get; set; } = true;

    /// <summary>Decides.</summary>
    /// <param name="stream">About what.</param>
    /// <param name="most">The greatest outcome; the least is 0, the quiet way.</param>
    /// <param name="chance">How likely it is another one, from 0 to 1.</param>
    internal long Choose(ref DecisionStream stream, long most, double chance)
    {
        if (most <= 0 || chance <= 0 || (stream.Kind >= DecisionKind.Reset && !HasFaults))
            return 0;
        ulong name = stream.Name;
        DecisionKey key = stream.Next();
        long value = Decide(key, name, most, chance);
        if (value != 0)
            _made.Add(new Decision(key, value));
        return value;
    }

    /// <summary>Yes or no.</summary>
    internal bool Happens(ref DecisionStream stream, double chance) => Choose(ref stream, 1, chance) != 0;

    protected abstract long Decide(DecisionKey key, ulong name, long most, double chance);
}

/// <summary>
/// Chance numbers from a seed. Of the kinds that only shape a run each run uses some: one that cuts every read is
/// another test than one that delays every packet.
/// </summary>
internal sealed class SeededDecisions(ulong seed) : Decisions
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    protected override long Decide(DecisionKey key, ulong name, long most, double chance)
    {
        ulong number = Mix(Mix(seed ^ Mix(name)) + (ulong)key.Index * Golden);
        if (ToUnit(number) >= chance * Temper(key.Kind))
            return 0;
        return 1 + (long)(Mix(number) % (ulong)most);
    }

    /// <summary>How much of a kind this run has: none, little, half or all.</summary>
    private double Temper(DecisionKind kind) => (Mix(seed + (ulong)kind * Golden) & 3) switch
    {
        0 when kind != DecisionKind.Choice => 0,
        1 when kind != DecisionKind.Choice => 0.1,
        2 when kind != DecisionKind.Choice => 0.5,
        _ => 1,
    };

    private static double ToUnit(ulong number) => (number >> 11) * (1.0 / (1UL << 53));

    /// <summary>Spreads each bit over all (the finalizer of SplitMix64).</summary>
    private static ulong Mix(ulong number)
    {
        number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9;
        number = (number ^ (number >> 27)) * 0x94D049BB133111EB;
        return number ^ (number >> 31);
    }
}

/// <summary>A list: what is not on it goes the quiet way.</summary>
internal sealed class ListedDecisions(IEnumerable<Decision> list) : Decisions
{
    private readonly Dictionary<DecisionKey, long> _list = list.ToDictionary(each => each.Key, each => each.Value);

    protected override long Decide(DecisionKey key, ulong name, long most, double chance) =>
        _list.TryGetValue(key, out long value) ? Math.Min(value, most) : 0;
}

/// <summary>
/// Every outcome of every decision in turn, like the wheels of a counter: run after run until <see cref="Advance"/>
/// says that all have been. Only what shapes a run is turned; faults are what the test makes them.
/// </summary>
internal sealed class ExhaustiveDecisions : Decisions
{
    private readonly List<(long Value, long Most)> _wheels;
    private int _place;

    internal ExhaustiveDecisions() => _wheels = [];

    private ExhaustiveDecisions(List<(long Value, long Most)> wheels) => _wheels = wheels;

    protected override long Decide(DecisionKey key, ulong name, long most, double chance)
    {
        if (key.Kind is not (DecisionKind.HostOrder or DecisionKind.SocketOrder or DecisionKind.ReadSize
            or DecisionKind.WriteSize or DecisionKind.Choice))
            return 0;
        if (_place == _wheels.Count)
            _wheels.Add((0, most));
        return _wheels[_place++].Value;
    }

    /// <summary>Those of the next run; null when all have been.</summary>
    internal ExhaustiveDecisions? Advance()
    {
        List<(long Value, long Most)> next = _wheels[.._place];
        while (next is [.., var (value, most)])
        {
            next.RemoveAt(next.Count - 1);
            if (value == most)
                continue;
            next.Add((value + 1, most));
            return new ExhaustiveDecisions(next);
        }
        return null;
    }
}
