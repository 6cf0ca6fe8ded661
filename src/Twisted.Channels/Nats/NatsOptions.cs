using System.Net.Security;
using Twisted.Channels.Flow;

namespace Twisted.Channels.Nats;

/// <summary>Who a <see cref="NatsClient"/> is to its server, and its limits.</summary>
public sealed record NatsOptions
{
    /// <summary>What a NATS server can be told to take at the most: 64 MiB.</summary>
    private const int LargestMessage = 64 * 1024 * 1024;

    /// <summary>What the server shows as our name. Empty for none.</summary>
    public string Name { get; init; } = "";

    /// <summary>
    /// The user, for a server that wants one. Without TLS it goes over the wire as it is, as does the rest.
    /// </summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public string? Password { get; init; }

    /// <summary>The token, for a server that wants that instead of a user.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// For TLS after the server's greeting, as NATS has it; <c>TargetHost</c> is needed to verify the server. Then a
    /// server that does not offer TLS is refused. Null for none, or when the endpoint itself is <c>tls:</c>.
    /// </summary>
    public SslClientAuthenticationOptions? Tls { get; init; }

    /// <summary>
    /// Whether our own messages come back to our own subscriptions, as is usual with NATS. True unless set.
    /// </summary>
    public bool Echo { get; init; } = true;

    /// <summary>The longest message that is read, in bytes, with its headers. 8 MiB unless set.</summary>
    public int MaxMessage { get; init; } = 8 * 1024 * 1024;

    /// <summary>How long an attempt to connect may take, and then the login. 5 seconds unless set.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Within this time a lost or refused connection is tried again, at a moment by chance. 2 seconds unless set.
    /// </summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After so much silence the server is asked whether it is there. 10 seconds unless set.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take to answer. 3 seconds unless set.</summary>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a request waits for its answer. 10 seconds unless set.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many bytes may wait for the server, besides the 64 KiB of the connection. 1 MiB unless set.
    /// </summary>
    public int HighWaterMark { get; init; } = 1024 * 1024;

    /// <summary>
    /// How many messages may wait for the server's word, and how many requests for answers. 65,536 unless set.
    /// </summary>
    public int MaxPending { get; init; } = 65_536;

    /// <summary>How long the connection may take to finish when the client stops. 5 seconds unless set.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The source of chance for the waits; one of its own unless set. Set it to repeat a run.</summary>
    public Random? Random { get; init; }

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ArgumentException">Something cannot be; the text says what.</exception>
    internal void Validate()
    {
        Require.That(MaxMessage is >= 1 and <= LargestMessage,
            $"MaxMessage is between 1 and {LargestMessage}, not {MaxMessage}.");
        Require.That(HighWaterMark >= 1, $"HighWaterMark is 1 or more, not {HighWaterMark}.");
        Require.That(MaxPending >= 1, $"MaxPending is 1 or more, not {MaxPending}.");
        Require.That(User is null || Token is null, "A server wants a user or a token, not both.");
        Require.Positive(HandshakeTimeout, nameof(HandshakeTimeout));
        Require.Positive(ReconnectDelay, nameof(ReconnectDelay));
        Require.Positive(PingInterval, nameof(PingInterval));
        Require.Positive(PingTimeout, nameof(PingTimeout));
        Require.Positive(RequestTimeout, nameof(RequestTimeout));
        Require.Positive(DrainTimeout, nameof(DrainTimeout));
    }
}
