namespace Twisted.Channels.Nats;

/// <summary>There is no connection to the NATS server, or it ended before the server had confirmed.</summary>
public sealed class NatsDownException : NatsException
{
    /// <summary>A message that was not confirmed.</summary>
    /// <param name="mayHaveArrived">Whether the server may have it all the same.</param>
    /// <param name="inner">Why the connection is gone, where that is known.</param>
    public NatsDownException(bool mayHaveArrived, Exception? inner = null) : base(Text(mayHaveArrived, inner), inner) =>
        MayHaveArrived = mayHaveArrived;

    /// <summary>
    /// Whether the message may have arrived. False: it has certainly not, so it can be sent again without being there
    /// twice.
    /// </summary>
    public bool MayHaveArrived { get; }

    private static string Text(bool mayHaveArrived, Exception? inner) => mayHaveArrived
        ? "The connection to the NATS server ended before it had confirmed; the message may have arrived. "
            + inner?.Message
        : $"There is no connection to the NATS server: nothing was sent. {inner?.Message}".TrimEnd();
}
