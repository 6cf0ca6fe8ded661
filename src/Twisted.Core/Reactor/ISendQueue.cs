namespace Twisted.Internet;

/// <summary>A transport that can say how much of what was written to it has not left yet.</summary>
/// <remarks>
/// For servers that pass on what others say, with a limit of their own for readers that are too slow: whoever produces
/// what it writes is better off as an <see cref="IPushProducer"/>. Reactor thread only. Twisted has no such interface.
/// </remarks>
public interface ISendQueue
{
    /// <summary>How many bytes wait to be sent.</summary>
    long Unsent { get; }
}
