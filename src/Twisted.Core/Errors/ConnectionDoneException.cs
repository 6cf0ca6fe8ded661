namespace Twisted.Internet;

/// <summary>The connection ended as it should: the peer finished, or we called LoseConnection.</summary>
/// <remarks>Twisted: <c>error.ConnectionDone</c>.</remarks>
public sealed class ConnectionDoneException : ConnectionClosedException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ConnectionDoneException() : base("Connection was closed cleanly.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ConnectionDoneException(string message, Exception? inner = null) : base(message, inner) { }
}
