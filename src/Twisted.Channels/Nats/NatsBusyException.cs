namespace Twisted.Channels.Nats;

/// <summary>Too much waits for the NATS server already: nothing was sent. Wait for WhenReady.</summary>
public sealed class NatsBusyException : NatsException
{
    /// <summary>A message that was not sent.</summary>
    public NatsBusyException()
        : base("Too much waits for the NATS server: nothing was sent. Go on when WhenReady() fires.") { }
}
