namespace Twisted;

/// <summary>Get on a DeferredQueue that has as many waiting as it may.</summary>
/// <remarks>Twisted: <c>defer.QueueUnderflow</c>.</remarks>
public sealed class QueueUnderflowException : InvalidOperationException
{
    /// <summary>The usual text.</summary>
    public QueueUnderflowException() : base("The queue's backlog is full: too many already wait for a value.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    public QueueUnderflowException(string message) : base(message) { }
}
