namespace Twisted.Faults;

/// <summary>The threads of .NET's pool. One that starts when no descriptor is left ends the process.</summary>
internal static class PoolThreads
{
    private const int Count = 4;

    /// <summary>Starts as many as there may be, so that none has to start later.</summary>
    internal static void StartAll()
    {
        ThreadPool.SetMinThreads(Count, Count);
        ThreadPool.SetMaxThreads(Count, Count);
        using var together = new Barrier(Count + 1);
        for (int i = 0; i < Count; i++)
            ThreadPool.UnsafeQueueUserWorkItem(_ => together.SignalAndWait(), null);
        together.SignalAndWait();
    }
}
