using System.Net;

namespace Twisted.Testing;

/// <summary>One machine of a simulation: a reactor, an address, and what goes wrong there.</summary>
/// <remarks>Its methods change what happens from then on, and give the host back.</remarks>
public sealed class SimulatedHost
{
    private static readonly string[] Callbacks = ["BuildProtocol", "ConnectionMade", "DataReceived", "ConnectionLost"];

    private readonly SimulatedWorld _world;
    private readonly SimulatedLoop _loop;
    private readonly Dictionary<string, double> _throws = [];
    private DecisionStream _exceptions;
    private DecisionStream _stalls;
    private DecisionStream _reserves;
    private double _reserveChance;
    private double _stallChance;
    private TimeSpan _longestStall;
    private TimeSpan _stalledUntil;
    private TimeSpan? _sleepsUntil;  // unless something disturbs it, as a real loop; null: for ever
    private bool _hasBegun;
    private bool _hasEnded;

    internal SimulatedHost(SimulatedWorld world, int number, string name)
    {
        _world = world;
        Number = number;
        Name = name;
        Address = new IPAddress([10, 0, (byte)(number >> 8), (byte)number]);
        _exceptions = new DecisionStream(DecisionKind.Exception, number);
        _stalls = new DecisionStream(DecisionKind.Stall, number);
        _reserves = new DecisionStream(DecisionKind.Reserve, number);
        Driver = new SimulatedDriver(world, this);
        _loop = new SimulatedLoop(this, Driver);
        Driver.Loop = _loop;
    }

    /// <summary>Its name, which the other hosts can look up.</summary>
    public string Name { get; }

    /// <summary>Its address: 10.0.0.1 for the first host. 127.0.0.1 is the host itself, too.</summary>
    public IPAddress Address { get; }

    /// <summary>The reactor, for the code under test: the engine of production.</summary>
    public IReactor Reactor => _loop;

    internal int Number { get; }

    internal SimulatedDriver Driver { get; }

    /// <summary>What nobody handled.</summary>
    internal List<UnhandledFailure> Unhandled { get; } = [];

    internal int DescriptorLimit { get; private set; } = int.MaxValue;

    /// <summary>Whether it is run by its own <c>Run</c>, and not by the simulation.</summary>
    internal bool RunsItself => !_hasBegun;

    internal bool IsBusy => NextDue <= _world.Now;

    internal TimeSpan? NextDue
    {
        get
        {
            if (_hasEnded)
                return null;
            TimeSpan? due = Driver.IsDisturbed ? TimeSpan.Zero : _hasBegun ? _sleepsUntil : _loop.NextDue;
            return due < _stalledUntil ? _stalledUntil : due;
        }
    }

    /// <summary>How many sockets it can have: the accept of one more finds no descriptor.</summary>
    /// <param name="sockets">At least 1; listening ones count.</param>
    /// <param name="reserveFails">
    /// The chance, for each client too many, that there is no descriptor either to refuse it with: then the port rests.
    /// </param>
    public SimulatedHost Descriptors(int sockets, double reserveFails = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sockets, 1);
        _reserveChance = Impossible.UnlessChance(reserveFails);
        DescriptorLimit = sockets;
        return this;
    }

    /// <summary>Lets it stand still now and then, as in a long garbage collection: time passes, nothing runs.</summary>
    /// <param name="chance">Before each iteration of its loop, from 0 to 1.</param>
    /// <param name="longest">For how long at the most.</param>
    public SimulatedHost Stalls(double chance, TimeSpan longest)
    {
        _stallChance = Impossible.UnlessChance(chance);
        _longestStall = Impossible.UnlessPositive(longest);
        return this;
    }

    /// <summary>How long work takes that runs in threads (<c>DeferToThread</c>).</summary>
    /// <param name="least">At least.</param>
    /// <param name="most">At most.</param>
    public SimulatedHost ThreadDelays(TimeSpan least, TimeSpan most)
    {
        Driver.ThreadDelay = TimeRange.Of(least, most);
        return this;
    }

    /// <summary>How long a name takes to look up.</summary>
    /// <param name="least">At least.</param>
    /// <param name="most">At most.</param>
    public SimulatedHost NameDelays(TimeSpan least, TimeSpan most)
    {
        Driver.NameDelay = TimeRange.Of(least, most);
        return this;
    }

    /// <summary>Lets names not be found now and then.</summary>
    /// <param name="chance">For each look-up, from 0 to 1.</param>
    public SimulatedHost NamesFail(double chance)
    {
        Driver.NameFailures = Impossible.UnlessChance(chance);
        return this;
    }

    /// <summary>Throws a <see cref="SimulatedFaultException"/> out of a callback now and then.</summary>
    /// <param name="callback">BuildProtocol, ConnectionMade, DataReceived or ConnectionLost.</param>
    /// <param name="chance">For each call, from 0 to 1.</param>
    /// <remarks>Of protocols of factories that are used after this call.</remarks>
    public SimulatedHost ThrowsIn(string callback, double chance)
    {
        if (!Callbacks.Contains(callback))
        {
            throw new ArgumentException(
                $"There is no callback '{callback}' to throw in: {string.Join(", ", Callbacks)}.", nameof(callback));
        }
        _throws[callback] = Impossible.UnlessChance(chance);
        return this;
    }

    /// <summary>Its name.</summary>
    public override string ToString() => Name;

    /// <summary>Whether a client can be told that there is no descriptor for it.</summary>
    internal bool HasReserve => !_world.Decisions.Happens(ref _reserves, _reserveChance);

    internal void ThrowIn(string callback)
    {
        if (_throws.TryGetValue(callback, out double chance) && _world.Decisions.Happens(ref _exceptions, chance))
        {
            _world.Trace.Add(this, 0, "throws in " + callback);
            throw new SimulatedFaultException(callback);
        }
    }

    internal IProtocolFactory Faulty(IProtocolFactory factory) =>
        _throws.Count == 0 ? factory : new FaultyFactory(this, factory);

    internal IClientFactory Faulty(IClientFactory factory) =>
        _throws.Count == 0 ? factory : new FaultyFactory(this, factory);

    /// <summary>One iteration of its loop.</summary>
    internal void Step()
    {
        if (_stallChance > 0
            && _world.Decisions.Choose(ref _stalls, _longestStall.Ticks, _stallChance) is > 0 and long ticks)
        {
            _world.Trace.Add(this, 0, "stands still", ticks);
            _stalledUntil = _world.Now + TimeSpan.FromTicks(ticks);
            return;
        }
        if (!_hasBegun)
        {
            _hasBegun = true;
            _loop.Begin();
            _loop.Leave();
        }
        Driver.IsWoken = false;
        _hasEnded = !_loop.StepOnce();
        if (_loop.Invariants.First is { } broken)
            throw new SimulationException($"{Name}: the engine broke a rule of its own: {broken}.");
        TimeSpan wait = _loop.TimeToWait();
        _sleepsUntil = wait == Timeout.InfiniteTimeSpan ? null : _world.Now + wait;
    }

    /// <summary>Whether the engine has lost a byte, or made one.</summary>
    internal void CheckBytes()
    {
        long unsent = _loop.Connections.ToArray().Sum(connection => connection.Unsent);
        ByteCounts bytes = _loop.Bytes;
        if (bytes.Written != bytes.Taken + bytes.Dropped + unsent)
        {
            throw new SimulationException($"{Name}: {bytes.Written} bytes were written, but {bytes.Taken} sent, "
                + $"{bytes.Dropped} dropped, and {unsent} wait.");
        }
    }

    /// <summary>What is left when everything should have ended, one line each.</summary>
    internal IEnumerable<string> Leftovers() =>
        _loop.Leftovers().Where(line => !line.StartsWith("an open port", StringComparison.Ordinal));
}
