namespace Twisted.Internet;

/// <summary>The reactors that run, for whoever collects their figures. Any thread.</summary>
/// <remarks>Weak: one that is dropped without having ended, as tests do, is collected all the same.</remarks>
internal sealed class LiveReactors
{
    private readonly Lock _gate = new();
    private WeakReference<ReactorBase>[] _reactors = []; // replaced, never changed

    internal void Add(ReactorBase reactor)
    {
        lock (_gate)
            _reactors = [.. _reactors.Where(IsAlive), new WeakReference<ReactorBase>(reactor)];
    }

    internal void Remove(ReactorBase reactor)
    {
        lock (_gate)
        {
            _reactors = [.. _reactors.Where(other =>
                other.TryGetTarget(out ReactorBase? target) && !ReferenceEquals(target, reactor))];
        }
    }

    /// <summary>Those that run now.</summary>
    internal IEnumerable<ReactorBase> Snapshot()
    {
        foreach (WeakReference<ReactorBase> one in Volatile.Read(ref _reactors))
        {
            if (one.TryGetTarget(out ReactorBase? reactor))
                yield return reactor;
        }
    }

    private static bool IsAlive(WeakReference<ReactorBase> reactor) => reactor.TryGetTarget(out _);
}
