using Twisted.Channels.Flow;

namespace Twisted.Channels;

/// <summary>How a <see cref="Node"/> is called, whom it knows, and its limits.</summary>
public sealed record NodeOptions
{
    /// <summary>A secret has so many bytes at least.</summary>
    public const int LeastSecret = 16;

    /// <summary>Our own number, 1 or more. Each node of a mesh has another one.</summary>
    public required int Id { get; init; }

    /// <summary>
    /// What all nodes of the mesh know and nobody else: at least <see cref="LeastSecret"/> bytes, by chance. It is
    /// never sent.
    /// </summary>
    public required ReadOnlyMemory<byte> SharedSecret { get; init; }

    /// <summary>
    /// Where nodes of higher numbers connect to: an endpoint string. Null for none, or to listen with
    /// <see cref="Node.Acceptor"/>.
    /// </summary>
    public string? Listen { get; init; }

    /// <summary>
    /// Number and endpoint string of other nodes. Only those of lower numbers than ours are connected to; the others
    /// connect to us. So all nodes may be given the same table.
    /// </summary>
    public IReadOnlyDictionary<int, string> Peers { get; init; } = new Dictionary<int, string>();

    /// <summary>The longest frame that we read, in bytes; a message has some bytes less. 1 MiB unless set.</summary>
    public int MaxFrame { get; init; } = 1024 * 1024;

    /// <summary>How long an attempt to connect may take, and then the handshake. 5 seconds unless set.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Within this time a lost or refused connection is tried again, at a moment by chance, so that nodes that have
    /// lost the same one do not come back together. 5 seconds unless set.
    /// </summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>After so much silence a node is asked whether it is there. 10 seconds unless set.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long it may take to answer; less than <see cref="HandshakeTimeout"/>. 3 seconds unless set.
    /// </summary>
    /// <remarks>A dead peer is found after two intervals and this timeout at the latest.</remarks>
    public TimeSpan PingTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a <see cref="IChannelBus.Send"/> waits for its answer. 30 seconds unless set.</summary>
    public TimeSpan AcknowledgeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many bytes may wait for a node, besides the 64 KiB of its connection; and how many of its messages may be
    /// with receivers that have not finished. 1 MiB unless set.
    /// </summary>
    public int HighWaterMark { get; init; } = 1024 * 1024;

    /// <summary>How many sends to a node may wait for their answer. 65,536 unless set.</summary>
    public int MaxUnacknowledged { get; init; } = 65_536;

    /// <summary>How long connections may take to finish when the node stops. 5 seconds unless set.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The source of chance for the waits; one of its own unless set. Set it to repeat a run.</summary>
    public Random? Random { get; init; }

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ArgumentException">Something cannot be; the text says what.</exception>
    internal void Validate()
    {
        Require.That(Id >= 1, $"The number of a node is 1 or more, not {Id}.");
        Require.That(SharedSecret.Length >= LeastSecret, $"The secret has {SharedSecret.Length} bytes: it needs "
            + $"{LeastSecret} at least, by chance (openssl rand -hex 32).");
        Require.That(Peers is not null && Peers.All(peer => peer.Key >= 1 && !string.IsNullOrEmpty(peer.Value)),
            "Each peer is a number, 1 or more, with an endpoint string.");
        Require.That(
            MaxFrame >= Wire.HandshakeLimit, $"MaxFrame is {Wire.HandshakeLimit} bytes or more, not {MaxFrame}.");
        Require.That(HighWaterMark >= 1, $"HighWaterMark is 1 or more, not {HighWaterMark}.");
        Require.That(MaxUnacknowledged >= 1, $"MaxUnacknowledged is 1 or more, not {MaxUnacknowledged}.");
        Require.Positive(HandshakeTimeout, nameof(HandshakeTimeout));
        Require.Positive(ReconnectDelay, nameof(ReconnectDelay));
        Require.Positive(PingInterval, nameof(PingInterval));
        Require.Positive(PingTimeout, nameof(PingTimeout));
        Require.Positive(AcknowledgeTimeout, nameof(AcknowledgeTimeout));
        Require.Positive(DrainTimeout, nameof(DrainTimeout));
        Require.That(PingTimeout < HandshakeTimeout,
            $"PingTimeout ({PingTimeout}) has to be less than HandshakeTimeout "
            + $"({HandshakeTimeout}): a node that comes back waits while its old connection is asked.");
    }
}
