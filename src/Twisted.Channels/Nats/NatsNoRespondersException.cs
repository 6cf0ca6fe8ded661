namespace Twisted.Channels.Nats;

/// <summary>Nobody is subscribed to the subject of a request, as the server has told at once.</summary>
public sealed class NatsNoRespondersException : NatsException
{
    /// <summary>A request that nobody has got.</summary>
    /// <param name="subject">To which subject it was.</param>
    public NatsNoRespondersException(string subject)
        : base($"Nobody is subscribed to '{subject}': the request has reached no one.") => Subject = subject;

    /// <summary>To which subject it was.</summary>
    public string Subject { get; }
}
