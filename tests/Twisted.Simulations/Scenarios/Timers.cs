using Twisted.Testing;
using static System.TimeSpan;

namespace Twisted.Simulations.Scenarios;

/// <summary>
/// Timers fire in their order, once, not too early, and not after they were cancelled, also on a host that stalls.
/// </summary>
internal static class Timers
{
    private const int AtFirst = 12;
    private const int Most = 40;

    internal static void InOrder(Simulation sim)
    {
        IReactor reactor = sim.Host("busy").Stalls(0.1, FromMilliseconds(50)).Reactor;
        var table = new Table(sim, reactor);
        for (int i = 0; i < AtFirst; i++)
            table.Set();
        sim.Finish();
        Check.That(table.Waiting == 0, "every timer that was not cancelled has fired");
    }

    /// <summary>What the reactor's timers should be, kept in the plainest way.</summary>
    private sealed class Table(Simulation sim, IReactor reactor)
    {
        private readonly List<Timer> _waiting = [];
        private int _made;
        private int _order;

        internal int Waiting => _waiting.Count;

        internal void Set()
        {
            if (_made++ >= Most)
                return;
            var timer = new Timer();
            TimeSpan delay = Enter(timer);
            timer.Call = reactor.CallLater(delay, () => Fired(timer));
        }

        private TimeSpan Enter(Timer timer)
        {
            var delay = FromMilliseconds(10 * sim.Choose("delay", 8));
            timer.Due = reactor.Now + delay;
            timer.Order = _order++;
            _waiting.Add(timer);
            return delay;
        }

        private void Fired(Timer timer)
        {
            Check.That(_waiting.Contains(timer), "a timer fires once, and not after it was cancelled");
            Check.That(reactor.Now >= timer.Due, "a timer fires not before its time");
            Check.That(_waiting.MinBy(one => (one.Due, one.Order)) == timer,
                "timers fire in the order of their times, and those of the same time as they were set");
            _waiting.Remove(timer);
            switch (sim.Choose("then", 6))
            {
                case 1 or 2 when _waiting.Count > 0:
                    Timer other = Another();
                    Check.That(other.Call.Cancel(), "a timer that waits can be cancelled");
                    break;
                case 3 or 4 when _waiting.Count > 0:
                    Timer moved = Another();
                    moved.Call.Reset(Enter(moved));
                    break;
                case 5:
                    Set();
                    break;
            }
        }

        private Timer Another()
        {
            Timer one = _waiting[sim.Choose("which", _waiting.Count)];
            _waiting.Remove(one);
            return one;
        }
    }

    private sealed class Timer
    {
        internal IDelayedCall Call { get; set; } = null!;

        internal TimeSpan Due { get; set; }

        internal int Order { get; set; }
    }
}
