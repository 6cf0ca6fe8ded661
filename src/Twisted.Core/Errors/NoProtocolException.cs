namespace Twisted.Internet;

/// <summary>The factory built no protocol for this connection, so it was closed.</summary>
/// <remarks>Twisted: <c>error.NoProtocol</c>.</remarks>
public sealed class NoProtocolException : ConnectException
{
    /// <summary>The text that Twisted's users know.</summary>
    public NoProtocolException() : base("The factory built no protocol: BuildProtocol returned null.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public NoProtocolException(string message, Exception? inner = null) : base(message, inner) { }
}
