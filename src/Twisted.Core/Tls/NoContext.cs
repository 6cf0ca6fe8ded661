namespace Twisted.Internet;

/// <summary>
/// No synchronization context is installed until it is disposed. With one, the continuations inside SslStream would be
/// sent to the thread pool instead of running where its reads and writes end: on the reactor thread.
/// </summary>
internal readonly ref struct NoContext
{
    private readonly SynchronizationContext? _outer;

    public NoContext()
    {
        _outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
    }

    public void Dispose() => SynchronizationContext.SetSynchronizationContext(_outer);
}
