namespace Twisted.Channels;

/// <summary>
/// A channel was not made, or was ended, for a reason of its own: a wrong secret, silence, a bad frame.
/// </summary>
public sealed class ChannelException : Exception
{
    /// <summary>A reason.</summary>
    /// <param name="message">What happened, with its values, and what to do.</param>
    public ChannelException(string message) : base(message) { }
}
