namespace Twisted.Internet;

/// <summary>We stopped the attempt ourselves, by StopConnecting or by cancelling its Deferred.</summary>
/// <remarks>
/// Twisted: <c>error.UserError</c> from a connector, <c>error.ConnectingCancelledError</c> from an endpoint.
/// </remarks>
public sealed class ConnectingCancelledException : ConnectException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ConnectingCancelledException() : base("User aborted the connection attempt.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ConnectingCancelledException(string message, Exception? inner = null) : base(message, inner) { }
}
