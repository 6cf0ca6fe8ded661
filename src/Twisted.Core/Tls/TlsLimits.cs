namespace Twisted.Internet;

/// <summary>How long TLS waits for its peer. A peer that is silent is never waited for without end.</summary>
public sealed record TlsLimits
{
    internal static readonly TlsLimits Default = new();

    /// <summary>From the connection, or from StartTls, to the end of the handshake.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// From our close_notify to the peer's (RFC 8446, 6.1). A peer that just closes, without one, is no error then.
    /// </summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
