namespace Twisted.Internet;

/// <summary>No route leads to the other side.</summary>
/// <remarks>Twisted: <c>error.NoRouteError</c>.</remarks>
public sealed class NoRouteException : ConnectException
{
    /// <summary>The text that Twisted's users know.</summary>
    public NoRouteException() : base("No route to host.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public NoRouteException(string message, Exception? inner = null) : base(message, inner) { }
}
