namespace Twisted.Internet;

/// <summary>The peer does not read as fast as we write and the hard cap of the write buffer was passed.</summary>
/// <remarks>
/// Register a producer to be told to pause at 64 KiB, long before this happens. The cap counts what was already
/// pending when Write was called, so one Write of any size to an empty buffer is accepted.
/// </remarks>
public sealed class WriteBufferExceededException : ConnectionClosedException
{
    /// <summary>With the figures of this connection.</summary>
    /// <param name="pending">Bytes that were waiting to be sent.</param>
    /// <param name="limit">The cap in bytes.</param>
    public WriteBufferExceededException(long pending, long limit)
        : base($"Connection was aborted: {pending} bytes were waiting for a peer that does not read, "
            + $"the limit is {limit}. "
            + "Register a producer, or write less until it has caught up.")
    {
        Pending = pending;
        Limit = limit;
    }

    /// <summary>Bytes that were waiting to be sent.</summary>
    public long Pending { get; }

    /// <summary>The cap in bytes.</summary>
    public long Limit { get; }
}
