namespace Twisted.Internet;

/// <summary>A port could not be opened.</summary>
/// <remarks>
/// Twisted: <c>error.CannotListenError</c>. Listen throws it at once; an endpoint's Deferred fails with it.
/// </remarks>
public sealed class CannotListenException : IOException
{
    /// <summary>The text that Twisted's users know.</summary>
    public CannotListenException() : base("Couldn't listen.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public CannotListenException(string message, Exception? inner = null) : base(message, inner) { }
}
