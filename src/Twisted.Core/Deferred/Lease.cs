namespace Twisted;

/// <summary>
/// A lock or a semaphore's token that is held. Dispose it to give it back; a second time does nothing.
/// </summary>
public sealed class Lease : IDisposable
{
    private Action? _release;

    internal Lease(Action release) => _release = release;

    /// <summary>Gives it back; the first that waits gets it.</summary>
    public void Dispose()
    {
        Action? release = _release;
        _release = null;
        release?.Invoke();
    }
}
