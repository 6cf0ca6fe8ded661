namespace Twisted.Internet;

/// <summary>The local address that was asked for cannot be used.</summary>
/// <remarks>Twisted: <c>error.ConnectBindError</c>.</remarks>
public sealed class ConnectBindException : ConnectException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ConnectBindException() : base("Couldn't bind.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ConnectBindException(string message, Exception? inner = null) : base(message, inner) { }
}
