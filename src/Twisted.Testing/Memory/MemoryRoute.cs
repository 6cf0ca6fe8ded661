namespace Twisted.Testing;

/// <summary>How an address of a memory network answers those who connect to it.</summary>
/// <param name="Refuses">Whether it refuses even where a port listens.</param>
/// <param name="Latency">After how long; null for never.</param>
internal sealed record MemoryRoute(bool Refuses, TimeSpan? Latency)
{
    /// <summary>The answer that does not come.</summary>
    internal static readonly IDelayedCall Never = new NoCall();

    private sealed class NoCall : IDelayedCall
    {
        public TimeSpan Time => TimeSpan.MaxValue;

        public bool IsActive => false;

        public bool Cancel() => false;

        public void Reset(TimeSpan delay) => throw new DelayedCallException();

        public void Delay(TimeSpan extra) => throw new DelayedCallException();
    }
}
