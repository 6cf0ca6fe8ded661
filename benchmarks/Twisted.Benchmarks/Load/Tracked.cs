namespace Twisted.Benchmarks.Load;

/// <summary>Objects that must be collected once nobody needs them: how many still live.</summary>
internal sealed class Tracked
{
    private const int Fewest = 4096;

    private readonly List<WeakReference> _objects = [];
    private int _pruneAt = Fewest;

    internal void Add(object one)
    {
        if (_objects.Count >= _pruneAt)
        {
            Prune();
            _pruneAt = Math.Max(Fewest, 2 * _objects.Count);
        }
        _objects.Add(new WeakReference(one));
    }

    /// <summary>Of those that the last collection has left.</summary>
    internal int CountAlive()
    {
        Prune();
        _objects.TrimExcess();
        return _objects.Count;
    }

    private void Prune() => _objects.RemoveAll(static one => !one.IsAlive);
}
