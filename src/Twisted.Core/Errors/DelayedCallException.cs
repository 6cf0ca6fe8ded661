namespace Twisted.Internet;

/// <summary>Reset or Delay of a call that has already run or was cancelled.</summary>
/// <remarks>Twisted: <c>error.AlreadyCalled</c> and <c>error.AlreadyCancelled</c>.</remarks>
public sealed class DelayedCallException : InvalidOperationException
{
    /// <summary>The text that Twisted's users know.</summary>
    public DelayedCallException() : base("This call has already run or was cancelled: schedule a new one.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public DelayedCallException(string message, Exception? inner = null) : base(message, inner) { }
}
