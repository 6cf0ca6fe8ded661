using System.Net;

namespace Twisted.Testing;

/// <summary>The hosts of one run, the time they share, and what is under way between them.</summary>
internal sealed class SimulatedWorld
{
    /// <summary>
    /// An iteration takes no time. But who has so many of them at the same instant waits for time to pass, without
    /// saying so, and from then on they take some.
    /// </summary>
    private const int MostStepsAtOnce = 1000;

    private static readonly TimeSpan TimeOfBusyStep = TimeSpan.FromMicroseconds(100);

    /// <summary>Who has so many in a row, 20 seconds of them, spins: on a real machine a processor is lost.</summary>
    private const int MostBusySteps = 200_000;

    private readonly PriorityQueue<Action, (TimeSpan Due, long Order)> _coming = new();
    private readonly List<SimulatedHost> _hosts = [];
    private readonly List<SimulatedHost> _busy = [];
    private readonly Dictionary<(int, int), SimulatedLink> _links = [];
    private DecisionStream _hostOrder = new(DecisionKind.HostOrder, 0);
    private long _order;
    private int _stepsAtOnce;

    internal SimulatedWorld(Decisions decisions, bool tracesInWords)
    {
        Decisions = decisions;
        Trace = new EventTrace(Clock, tracesInWords);
    }

    internal VirtualTimeProvider Clock { get; } = new();

    internal TimeSpan Now => Clock.Elapsed;

    internal Decisions Decisions { get; }

    internal EventTrace Trace { get; }

    internal IReadOnlyList<SimulatedHost> Hosts => _hosts;

    internal IEnumerable<SimulatedLink> Links => _links.Values;

    /// <summary>All there were, for the checks.</summary>
    internal List<SimulatedSocket> Sockets { get; } = [];

    /// <summary>Looked at after each step.</summary>
    internal Action? AfterStep { get; set; }

    internal SimulatedHost Add(string name)
    {
        var host = new SimulatedHost(this, _hosts.Count + 1, name);
        _hosts.Add(host);
        return host;
    }

    internal SimulatedHost? Find(string name) =>
        _hosts.Find(host => host.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal SimulatedHost? Find(IPAddress address) => _hosts.Find(host => host.Address.Equals(address));

    /// <summary>What is between two hosts, or a host and itself.</summary>
    internal SimulatedLink Link(SimulatedHost one, SimulatedHost two)
    {
        (int, int) key = (Math.Min(one.Number, two.Number), Math.Max(one.Number, two.Number));
        if (!_links.TryGetValue(key, out SimulatedLink? link))
            _links.Add(key, link = new SimulatedLink(this, _links.Count + 1, one, two));
        return link;
    }

    /// <summary>Something happens later; what is due at the same time happens in the order of the calls.</summary>
    internal void In(TimeSpan delay, Action happens) => _coming.Enqueue(happens, (Now + delay, _order++));

    /// <summary>Runs until nothing is left to do, until something is so, or until a time.</summary>
    /// <param name="end">The time; null for none.</param>
    /// <param name="until">Ends the run when it says so.</param>
    /// <param name="waiting">A host that is inside its own loop and only wants to be woken.</param>
    /// <returns>False when the time was up.</returns>
    internal bool Run(TimeSpan? end, Func<bool>? until = null, SimulatedHost? waiting = null)
    {
        while (until is null || !until())
        {
            Arrive();
            if (StepOne(waiting))
            {
                if (Now > end)
                    return false;
                continue;
            }
            if (NextDue() is not { } next)
                return true;
            if (next > end)
            {
                MoveTo(end.Value);
                return false;
            }
            MoveTo(next);
        }
        return true;
    }

    /// <summary>What was under way until now is there.</summary>
    internal void Arrive()
    {
        while (_coming.TryPeek(out Action? happens, out (TimeSpan Due, long) at) && at.Due <= Now)
        {
            _coming.Dequeue();
            happens();
        }
    }

    /// <summary>An iteration begins, of a host or of a reactor that runs by itself.</summary>
    /// <param name="host">Of which host.</param>
    internal void CountStep(SimulatedHost host)
    {
        if (++_stepsAtOnce > MostStepsAtOnce)
            Clock.MoveTo(Now + TimeOfBusyStep);
        if (_stepsAtOnce > MostBusySteps)
        {
            throw new SimulationException($"{host.Name} spins: {MostBusySteps} iterations in a row had something to do "
                + "at once, a socket that stays ready or a timer for now, and it never waited.");
        }
    }

    internal void MoveTo(TimeSpan time)
    {
        _stepsAtOnce = 0;
        Clock.MoveTo(time);
    }

    /// <summary>One iteration of one host that has something to do now.</summary>
    private bool StepOne(SimulatedHost? waiting)
    {
        _busy.Clear();
        foreach (SimulatedHost host in _hosts)
        {
            if (host != waiting && host.IsBusy)
                _busy.Add(host);
        }
        if (_busy.Count == 0)
            return false;
        SimulatedHost next = _busy[(int)Decisions.Choose(ref _hostOrder, _busy.Count - 1, chance: 0.5)];
        CountStep(next);
        next.Step();
        AfterStep?.Invoke();
        return true;
    }

    private TimeSpan? NextDue()
    {
        TimeSpan? next = _coming.TryPeek(out _, out (TimeSpan Due, long) first) ? first.Due : null;
        foreach (SimulatedHost host in _hosts)
        {
            if (host.NextDue is { } due && (next is null || due < next))
                next = due;
        }
        return next;
    }
}
