namespace Twisted.Internet;

/// <summary>The other side did not answer within the timeout that was given.</summary>
/// <remarks>Twisted: <c>error.TimeoutError</c>.</remarks>
public sealed class ConnectTimeoutException : ConnectException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ConnectTimeoutException() : base("User timeout caused connection failure.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ConnectTimeoutException(string message, Exception? inner = null) : base(message, inner) { }
}
