namespace Twisted.Internet;

/// <summary>The attempt failed for a reason that has no class of its own; the message tells which.</summary>
/// <remarks>Twisted: <c>error.ConnectError</c>.</remarks>
public sealed class ConnectFailedException : ConnectException
{
    /// <summary>The text that Twisted's users know.</summary>
    public ConnectFailedException() : base("An error occurred while connecting.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public ConnectFailedException(string message, Exception? inner = null) : base(message, inner) { }
}
