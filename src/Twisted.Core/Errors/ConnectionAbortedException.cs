namespace Twisted.Internet;

/// <summary>We called AbortConnection: what was buffered is gone and the peer sees a reset.</summary>
/// <remarks>Twisted: <c>error.ConnectionAborted</c>.</remarks>
public sealed class ConnectionAbortedException : ConnectionClosedException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ConnectionAbortedException() : base("Connection was aborted locally, using AbortConnection.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ConnectionAbortedException(string message, Exception? inner = null) : base(message, inner) { }
}
