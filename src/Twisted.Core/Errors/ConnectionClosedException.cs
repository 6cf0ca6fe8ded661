namespace Twisted.Internet;

/// <summary>A connection that was up is no longer up: the base of every reason that ConnectionLost is given.</summary>
/// <remarks>Twisted: <c>error.ConnectionClosed</c>. A new instance for each event, never a shared one.</remarks>
public abstract class ConnectionClosedException : IOException
{
    private protected ConnectionClosedException(string message, Exception? inner = null) : base(message, inner) { }
}
