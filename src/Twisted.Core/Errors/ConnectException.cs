namespace Twisted.Internet;

/// <summary>A connection could not be made: the base of every reason that ClientConnectionFailed is given.</summary>
/// <remarks>Twisted: <c>error.ConnectError</c>. A new instance for each event, never a shared one.</remarks>
public abstract class ConnectException : IOException
{
    private protected ConnectException(string message, Exception? inner = null) : base(message, inner) { }
}
