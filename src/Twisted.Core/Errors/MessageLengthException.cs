namespace Twisted.Internet;

/// <summary>A datagram is longer than the network can carry.</summary>
/// <remarks>Twisted: <c>error.MessageLengthError</c>.</remarks>
public sealed class MessageLengthException : IOException
{
    /// <summary>The text that Twisted's users know.</summary>
    public MessageLengthException() : base("Message too long.") { }

    /// <summary>With what is known of this case.</summary>
    /// <param name="message">What happened, with its values.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public MessageLengthException(string message, Exception? inner = null) : base(message, inner) { }
}
