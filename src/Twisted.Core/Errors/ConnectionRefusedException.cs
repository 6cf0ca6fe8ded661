namespace Twisted.Internet;

/// <summary>Nobody listens at the other side.</summary>
/// <remarks>Twisted: <c>error.ConnectionRefusedError</c>.</remarks>
public sealed class ConnectionRefusedException : ConnectException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ConnectionRefusedException() : base("Connection was refused by other side.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ConnectionRefusedException(string message, Exception? inner = null) : base(message, inner) { }
}
