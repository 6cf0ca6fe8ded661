namespace Twisted;

/// <summary>Put on a DeferredQueue that holds as many values as it may.</summary>
/// <remarks>Twisted: <c>defer.QueueOverflow</c>.</remarks>
public sealed class QueueOverflowException : InvalidOperationException
{
    /// <summary>The usual text.</summary>
    public QueueOverflowException() : base("The queue is full: take a value first, or make it larger.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    public QueueOverflowException(string message) : base(message) { }
}
