namespace Twisted.Channels.Nats;

/// <summary>A NATS server has refused something, or a connection to one was not made or ended.</summary>
public class NatsException : Exception
{
    /// <summary>A refusal.</summary>
    /// <param name="message">What happened, with its values, and what to do.</param>
    /// <param name="inner">The cause, where there is another exception.</param>
    public NatsException(string message, Exception? inner = null) : base(message, inner) { }
}
