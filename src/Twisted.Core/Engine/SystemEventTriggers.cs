namespace Twisted.Internet;

/// <summary>The triggers of one system event in their three phases. Twisted: <c>_ThreePhaseEvent</c>.</summary>
internal sealed class SystemEventTriggers(Action<Exception> report)
{
    private readonly List<Trigger>[] _phases = [[], [], []];

    private sealed class Trigger(SystemEventTriggers owner, TriggerPhase phase, Delegate callback) : IDisposable
    {
        public void Dispose() => owner._phases[(int)phase].Remove(this);

        internal Deferred? Invoke()
        {
            if (callback is Func<Deferred> asynchronous)
                return asynchronous();
            ((Action)callback)();
            return null;
        }
    }

    internal IDisposable Add(TriggerPhase phase, Delegate callback)
    {
        if (!Enum.IsDefined(phase))
            throw new ArgumentOutOfRangeException(nameof(phase), phase, "Use Before, During or After.");
        var trigger = new Trigger(this, phase, callback);
        _phases[(int)phase].Add(trigger);
        return trigger;
    }

    /// <summary>
    /// Runs the phases. The Deferreds of the first are waited for, all of them; then, in order, the second, what the
    /// reactor itself does at its end, and the third. A trigger that fails is reported and stops no other.
    /// </summary>
    /// <param name="duringItself">What the reactor does at the end of the phase "during".</param>
    internal void Fire(Action? duringItself = null)
    {
        var waiting = new List<Deferred>();
        RunPhase(TriggerPhase.Before, waiting);
        int missing = waiting.Count;
        if (missing == 0)
            Finish(duringItself);
        foreach (Deferred each in waiting) // and no LINQ: a process without descriptors must be able to stop
            each.AddCallback(() =>
            {
                if (--missing == 0)
                    Finish(duringItself);
            });
    }

    private void Finish(Action? duringItself)
    {
        RunPhase(TriggerPhase.During, null);
        duringItself?.Invoke();
        RunPhase(TriggerPhase.After, null);
    }

    /// <summary>Triggers may add and remove triggers while they run: take one at a time.</summary>
    private void RunPhase(TriggerPhase phase, List<Deferred>? waiting)
    {
        List<Trigger> triggers = _phases[(int)phase];
        while (triggers is [var trigger, ..])
        {
            triggers.RemoveAt(0);
            try
            {
                Deferred? result = trigger.Invoke();
                if (result is null)
                    continue;
                result.AddErrback((Exception failure) => report(failure));
                waiting?.Add(result);
            }
            catch (Exception failure)
            {
                report(failure);
            }
        }
    }
}
