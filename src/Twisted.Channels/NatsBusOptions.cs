using Twisted.Channels.Flow;
using Twisted.Channels.Nats;

namespace Twisted.Channels;

/// <summary>How a <see cref="NatsBus"/> is called, where its server is, and its limits.</summary>
public sealed record NatsBusOptions
{
    /// <summary>Our own number, 1 or more. Each node on the same subjects has another one.</summary>
    public required int Id { get; init; }

    /// <summary>Where the NATS server is: an endpoint string, <c>tcp:127.0.0.1:4222</c>, say.</summary>
    public required string Server { get; init; }

    /// <summary>
    /// How the connection logs in and its limits: how much may wait, how soon it is tried again. Its
    /// <see cref="NatsOptions.Echo"/> does not count: the bus wants none.
    /// </summary>
    public NatsOptions Nats { get; init; } = new();

    /// <summary>
    /// What all our subjects begin with: nodes with another one are another mesh on the same server.
    /// <c>channels</c> unless set.
    /// </summary>
    public string Prefix { get; init; } = "channels";

    /// <summary>How often we tell the others that we are there. 2 seconds unless set.</summary>
    public TimeSpan BeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// A node that was not heard of for so long is down; three times <see cref="BeatInterval"/> or more, the same for
    /// all nodes. 7 seconds unless set.
    /// </summary>
    public TimeSpan NodeTimeout { get; init; } = TimeSpan.FromSeconds(7);

    /// <summary>
    /// How long we wait for a word of another node with our number before it is ours. 2 seconds unless set; the server
    /// tells at once when there is none.
    /// </summary>
    public TimeSpan ClaimTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a <see cref="IChannelBus.Send"/> waits for its answer. 30 seconds unless set.</summary>
    public TimeSpan AcknowledgeTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many bytes of one node's messages may be with receivers that have not finished. 1 MiB unless set.
    /// </summary>
    public int HighWaterMark { get; init; } = 1024 * 1024;

    /// <summary>How many sends to a node may wait for their answer. 65,536 unless set.</summary>
    public int MaxUnacknowledged { get; init; } = 65_536;

    /// <summary>How many other nodes are known at a time; further ones are not heard. 1,024 unless set.</summary>
    public int MaxNodes { get; init; } = 1024;

    /// <summary>How long a stop waits for the answers that are missing. 5 seconds unless set.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks all of it.</summary>
    /// <exception cref="ArgumentException">Something cannot be; the text says what.</exception>
    internal void Validate()
    {
        Require.That(Id >= 1, $"The number of a node is 1 or more, not {Id}.");
        Require.That(!string.IsNullOrEmpty(Server), "Server is the endpoint string of the NATS server.");
        Require.That(Nats is not null, "Nats is not null.");
        NatsSubject.EnsureConcrete(Prefix);
        Require.That(
            Prefix.Length <= LongestPrefix, $"Prefix has at most {LongestPrefix} bytes, not {Prefix.Length}.");
        Require.That(HighWaterMark >= 1, $"HighWaterMark is 1 or more, not {HighWaterMark}.");
        Require.That(MaxUnacknowledged >= 1, $"MaxUnacknowledged is 1 or more, not {MaxUnacknowledged}.");
        Require.That(MaxNodes >= 1, $"MaxNodes is 1 or more, not {MaxNodes}.");
        Require.Positive(BeatInterval, nameof(BeatInterval));
        Require.Positive(ClaimTimeout, nameof(ClaimTimeout));
        Require.Positive(AcknowledgeTimeout, nameof(AcknowledgeTimeout));
        Require.Positive(DrainTimeout, nameof(DrainTimeout));
        Require.That(NodeTimeout >= 3 * BeatInterval,
            $"NodeTimeout ({NodeTimeout}) has to be three times BeatInterval ({BeatInterval}) or more.");
    }

    private const int LongestPrefix = 256;
}
