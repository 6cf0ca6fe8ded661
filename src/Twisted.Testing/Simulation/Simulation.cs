namespace Twisted.Testing;

/// <summary>
/// Hosts on a hostile network, in virtual time, on one thread: the engine of production over simulated sockets. Every
/// choice is chance that a seed repeats.
/// </summary>
/// <example><code>
/// Simulation.Explore(seeds: 1000, sim =>
/// {
///     SimulatedHost server = sim.Host("server"), client = sim.Host("client");
///     sim.Link(server, client).Latency(Zero, FromMilliseconds(80)).Reads(1, 7).Resets(0.01);
///     server.Reactor.ListenTcp(7, Factory.For(() => new Echo()));
///     Deferred done = MyClient.Run(client.Reactor, "server", 7);
///     sim.RunUntilQuiet(limit: FromHours(1));
///     sim.Check.Fired(done);
///     sim.Check.NoLeaks();
/// });
/// </code></example>
/// <remarks>
/// The code under test may await Deferreds, and Tasks that end on its reactor: <c>Task.Delay</c> with the reactor's
/// <c>TimeProvider</c>, not without. What looks at the real clock, at <c>Random.Shared</c> or at other threads is
/// outside, and no seed repeats it.
/// </remarks>
public sealed partial class Simulation
{
    /// <summary>How long faults go on when the test does not say.</summary>
    private static readonly TimeSpan UsualFaults = TimeSpan.FromMinutes(1);

    private readonly SimulatedWorld _world;

    internal Simulation(Decisions decisions, ulong seed, bool inWords)
    {
        _world = new SimulatedWorld(decisions, inWords);
        Seed = seed;
        Check = new SimulationChecks(_world);
    }

    /// <summary>What this run is repeated by.</summary>
    public ulong Seed { get; }

    /// <summary>The virtual time since the run began.</summary>
    public TimeSpan Now => _world.Now;

    /// <summary>How long faults go on, in virtual time. Then the network heals, and all has to end well.</summary>
    public TimeSpan FaultsLast { get; set; } = UsualFaults;

    /// <summary>What has to be so.</summary>
    public SimulationChecks Check { get; }

    /// <summary>A host; made when it is named first.</summary>
    /// <param name="name">Its name, which the others look up.</param>
    public SimulatedHost Host(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return _world.Find(name) ?? _world.Add(name);
    }

    /// <summary>The link between two hosts, for both directions.</summary>
    /// <param name="one">The one's name; it exists already.</param>
    /// <param name="two">The other's.</param>
    /// <exception cref="ArgumentException">There is no such host.</exception>
    public SimulatedLink Link(string one, string two) => Link(Known(one), Known(two));

    /// <summary>The link between two hosts, for both directions; a host also has one to itself.</summary>
    /// <param name="one">The one.</param>
    /// <param name="two">The other.</param>
    public SimulatedLink Link(SimulatedHost one, SimulatedHost two)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(two);
        return _world.Link(one, two);
    }

    /// <summary>A choice of the test's own, repeated by the seed and shrunk like the others.</summary>
    /// <param name="what">Of what: each name has chance numbers of its own.</param>
    /// <param name="count">Of how many; at least 1.</param>
    /// <returns>0, the plainest, to count - 1.</returns>
    public int Choose(string what, int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(what);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (!_choices.TryGetValue(what, out Chooser? chooser))
            _choices.Add(what, chooser = new Chooser(_choices.Count + 1));
        return (int)_world.Decisions.Choose(ref chooser.Stream, count - 1, chance: (count - 1.0) / count);
    }

    /// <summary>Runs until nothing is left to do: first with faults, then, after they have healed, without.</summary>
    /// <param name="limit">How long that may take, in virtual time.</param>
    /// <exception cref="SimulationException">It was not quiet then; the message says what is pending.</exception>
    public void RunUntilQuiet(TimeSpan limit)
    {
        Impossible.UnlessPositive(limit);
        TimeSpan end = Now + limit;
        _world.Run(FaultsLast < end ? FaultsLast : end);
        Heal();
        if (!_world.Run(end))
            throw new SimulationException($"Not quiet after {limit} of virtual time. {Pending()}");
    }

    /// <summary>Runs for some time, and leaves pending what is.</summary>
    /// <param name="time">How long, in virtual time.</param>
    public void RunFor(TimeSpan time)
    {
        Impossible.UnlessPositive(time);
        TimeSpan end = Now + time;
        _world.Run(end);
        _world.MoveTo(end);
    }

    /// <summary>Runs until a Deferred has fired, and no further.</summary>
    /// <param name="awaited">The Deferred.</param>
    /// <param name="limit">How long that may take, in virtual time.</param>
    /// <exception cref="SimulationException">It had not fired then, or nothing was left that could fire it.</exception>
    public void RunUntil(Deferred awaited, TimeSpan limit)
    {
        ArgumentNullException.ThrowIfNull(awaited);
        Impossible.UnlessPositive(limit);
        _world.Run(Now + limit, () => awaited.IsFired);
        if (!awaited.IsFired)
            throw new SimulationException($"It has not fired after {Now} of virtual time. {Pending()}");
    }

    /// <summary>Ends the faults: links are whole again, and no new ones begin.</summary>
    public void Heal()
    {
        _world.Decisions.HasFaults = false;
        foreach (SimulatedLink link in _world.Links.ToArray())
            link.Heal();
    }

    private readonly Dictionary<string, Chooser> _choices = new(StringComparer.Ordinal);

    private SimulatedHost Known(string name) => _world.Find(name) ?? throw new ArgumentException(
        $"There is no host '{name}'. There are: {string.Join(", ", _world.Hosts.Select(host => host.Name))}.");

    private string Pending()
    {
        string[] pending =
            [.. _world.Hosts.SelectMany(host => host.Leftovers().Select(line => $"{host.Name}: {line}")).Take(20)];
        return pending.Length == 0 ? "Nothing is pending." : $"Pending:\n  {string.Join("\n  ", pending)}";
    }

    private sealed class Chooser(int number)
    {
        internal DecisionStream Stream = new(DecisionKind.Choice, 0, number);
    }
}
