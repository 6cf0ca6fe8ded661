using System.Text;

namespace Twisted.Channels.Nats;

/// <summary>A message of a subscription, where it lies in the connection's buffer.</summary>
public readonly ref struct NatsMessage
{
    private readonly ReadOnlySpan<byte> _subject;
    private readonly ReadOnlySpan<byte> _replyTo;

    internal NatsMessage(
        ReadOnlySpan<byte> subject, ReadOnlySpan<byte> replyTo, ReadOnlySpan<byte> headers, ReadOnlySpan<byte> payload)
    {
        _subject = subject;
        _replyTo = replyTo;
        Headers = headers;
        Payload = payload;
    }

    /// <summary>The subject it was published to; made anew each time it is asked for.</summary>
    public string Subject => Encoding.UTF8.GetString(_subject);

    /// <summary>Where an answer goes; null when none is wanted. Made anew each time it is asked for.</summary>
    public string? ReplyTo => _replyTo.IsEmpty ? null : Encoding.UTF8.GetString(_replyTo);

    /// <summary>
    /// The headers as they came, from <c>NATS/1.0</c> to the empty line; nothing when there are none. What they mean is
    /// the caller's matter.
    /// </summary>
    public ReadOnlySpan<byte> Headers { get; }

    /// <summary>What was published.</summary>
    public ReadOnlySpan<byte> Payload { get; }

    internal ReadOnlySpan<byte> SubjectBytes => _subject;

    /// <summary>Whether it is the server's word that nobody has got a request.</summary>
    internal bool IsNoResponders =>
        Payload.IsEmpty && Headers.Length >= 12 && Headers.StartsWith("NATS/1.0 503"u8);
}
