namespace Twisted.Internet;

/// <summary>A multicast group could not be joined or left.</summary>
/// <remarks>Twisted: <c>error.MulticastJoinError</c>.</remarks>
public sealed class MulticastJoinException : IOException
{
    /// <summary>The text that Twisted's users know.</summary>
    public MulticastJoinException() : base("Attempt to join a multicast group failed.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public MulticastJoinException(string message, Exception? inner = null) : base(message, inner) { }
}
