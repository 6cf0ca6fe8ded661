namespace Twisted.Internet;

/// <summary>
/// The connection broke: a reset, a failed read or write, or an end where the protocol below allows none.
/// </summary>
/// <remarks>Twisted: <c>error.ConnectionLost</c>.</remarks>
public sealed class ConnectionLostException : ConnectionClosedException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ConnectionLostException() : base("Connection to the other side was lost in a non-clean fashion.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ConnectionLostException(string message, Exception? inner = null) : base(message, inner) { }
}
