namespace Twisted;

/// <summary>A Deferred was cancelled before it had a result.</summary>
/// <remarks>Twisted: <c>defer.CancelledError</c>.</remarks>
public sealed class CancelledException : OperationCanceledException
{
    /// <summary>The usual text.</summary>
    public CancelledException() : base("The operation was cancelled.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    public CancelledException(string message) : base(message) { }
}
