namespace Twisted.Internet;

/// <summary>The operating system gave up waiting for the other side.</summary>
/// <remarks>Twisted: <c>error.TCPTimedOutError</c>.</remarks>
public sealed class TcpTimedOutException : ConnectException
{
    /// <summary>The text that Twisted's users know.</summary>
    public TcpTimedOutException() : base("TCP connection timed out.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public TcpTimedOutException(string message, Exception? inner = null) : base(message, inner) { }
}
