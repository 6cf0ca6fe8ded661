namespace Twisted.Testing;

/// <summary>What lies between two hosts, both ways: how long it takes, how much fits, what goes wrong.</summary>
/// <remarks>
/// Its methods change what happens from then on, and give the link back. Without them it is instant and never fails.
/// Within a TCP connection the order of bytes is never broken.
/// </remarks>
public sealed class SimulatedLink
{
    private readonly SimulatedWorld _world;
    private readonly SimulatedHost _one;
    private readonly List<Action> _held = [];
    private DecisionStream _partitions;
    private TimeRange _latency;
    private long _bytesPerSecond;
    private double _partitionChance;
    private TimeSpan _healing;
    private TimeSpan _freeForth;
    private TimeSpan _freeBack;

    internal SimulatedLink(SimulatedWorld world, int number, SimulatedHost one, SimulatedHost two)
    {
        _world = world;
        _one = one;
        Number = number;
        _partitions = new DecisionStream(DecisionKind.Partition, number);
        Name = $"{one.Name}-{two.Name}";
    }

    internal int Number { get; }

    internal string Name { get; }

    internal (int Least, int Most)? ReadSizes { get; private set; }

    internal (int Least, int Most)? WriteSizes { get; private set; }

    internal double ResetChance { get; private set; }

    internal double HalfOpenChance { get; private set; }

    internal double LossChance { get; private set; }

    internal double DuplicationChance { get; private set; }

    internal double ReorderingChance { get; private set; }

    internal bool IsCut { get; private set; }

    /// <summary>How long anything is under way.</summary>
    /// <param name="least">At least; zero or more.</param>
    /// <param name="most">At most.</param>
    public SimulatedLink Latency(TimeSpan least, TimeSpan most)
    {
        _latency = TimeRange.Of(least, most);
        return this;
    }

    /// <summary>How much goes through, in each direction.</summary>
    /// <param name="bytesPerSecond">Bytes a second, at least 1.</param>
    public SimulatedLink Bandwidth(long bytesPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesPerSecond, 1);
        _bytesPerSecond = bytesPerSecond;
        return this;
    }

    /// <summary>How many bytes a read gives at the most, chosen each time.</summary>
    /// <param name="least">The least of these numbers; at least 1.</param>
    /// <param name="most">The greatest of them.</param>
    public SimulatedLink Reads(int least, int most)
    {
        ReadSizes = Sizes(least, most);
        return this;
    }

    /// <summary>How many bytes a write takes at the most, chosen each time.</summary>
    /// <param name="least">The least of these numbers; at least 1.</param>
    /// <param name="most">The greatest of them.</param>
    public SimulatedLink Writes(int least, int most)
    {
        WriteSizes = Sizes(least, most);
        return this;
    }

    /// <summary>Resets connections now and then.</summary>
    /// <param name="chance">For each piece of data under way, from 0 to 1.</param>
    public SimulatedLink Resets(double chance)
    {
        ResetChance = Impossible.UnlessChance(chance);
        return this;
    }

    /// <summary>Lets one end of a connection forget it, without a word to the other.</summary>
    /// <param name="chance">For each piece of data under way, from 0 to 1.</param>
    public SimulatedLink HalfOpens(double chance)
    {
        HalfOpenChance = Impossible.UnlessChance(chance);
        return this;
    }

    /// <summary>Cuts the link now and then, for a while. What was sent arrives afterwards; datagrams do not.</summary>
    /// <param name="chance">For each piece of data or datagram, from 0 to 1.</param>
    /// <param name="heal">After how long it is whole again.</param>
    public SimulatedLink Partitions(double chance, TimeSpan heal)
    {
        _partitionChance = Impossible.UnlessChance(chance);
        _healing = Impossible.UnlessPositive(heal);
        return this;
    }

    /// <summary>What becomes of datagrams.</summary>
    /// <param name="loss">The chance that one gets lost, from 0 to 1.</param>
    /// <param name="duplication">The chance that one comes twice.</param>
    /// <param name="reordering">The chance that one is overtaken by others.</param>
    public SimulatedLink Datagrams(double loss, double duplication = 0, double reordering = 0)
    {
        LossChance = Impossible.UnlessChance(loss);
        DuplicationChance = Impossible.UnlessChance(duplication);
        ReorderingChance = Impossible.UnlessChance(reordering);
        return this;
    }

    /// <summary>Cuts it now, until <see cref="Heal"/>.</summary>
    public void Cut()
    {
        if (IsCut)
            return;
        IsCut = true;
        _world.Trace.Add(_one, 0, "is cut: " + Name);
    }

    /// <summary>Makes it whole: what was held arrives.</summary>
    public void Heal()
    {
        if (!IsCut)
            return;
        IsCut = false;
        _world.Trace.Add(_one, 0, "is whole: " + Name);
        Action[] held = [.. _held];
        _held.Clear();
        foreach (Action arrives in held)
            arrives();
    }

    internal TimeSpan Latency(ref DecisionStream stream) => _latency.Choose(_world.Decisions, ref stream);

    /// <summary>When a piece of this size, sent now, is through.</summary>
    internal TimeSpan Transmit(SimulatedHost from, int bytes)
    {
        if (_bytesPerSecond == 0)
            return _world.Now;
        ref TimeSpan free = ref from == _one ? ref _freeForth : ref _freeBack;
        TimeSpan start = free > _world.Now ? free : _world.Now;
        return free = start + TimeSpan.FromTicks(Math.Max(1, bytes * TimeSpan.TicksPerSecond / _bytesPerSecond));
    }

    /// <summary>Whether something arrives now. If not, it does so after the cut.</summary>
    internal bool Arrives(Action again)
    {
        MaybeCut();
        if (IsCut)
            _held.Add(again);
        return !IsCut;
    }

    /// <summary>Asks chance whether it breaks now.</summary>
    internal void MaybeCut()
    {
        if (IsCut || !_world.Decisions.Happens(ref _partitions, _partitionChance))
            return;
        Cut();
        _world.In(_healing, Heal);
    }

    private static (int Least, int Most) Sizes(int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(least, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        return (least, most);
    }
}
