using System.Runtime.CompilerServices;

namespace Twisted.Channels;

/// <summary>Messages between nodes, by the number of the node and the name of a service there.</summary>
/// <remarks>
/// <para>
/// Reactor thread only. A message arrives once or not at all, and those that one node posts or sends to another arrive
/// in order. <see cref="Send"/> tells what became of it; <see cref="TryPost"/> only whether it was taken.
/// </para>
/// <para>
/// Nothing is kept for a node that is down: the sender hears of it at once, and knows best whether the message is still
/// worth anything when the node is back.
/// </para>
/// </remarks>
public interface IChannelBus
{
    /// <summary>Our own number.</summary>
    int Id { get; }

    /// <summary>The other nodes that are up, in order: a snapshot.</summary>
    IReadOnlyList<int> Nodes { get; }

    /// <summary>A node can be reached from now on. A handler that throws is logged.</summary>
    event Action<int>? NodeUp;

    /// <summary>
    /// A node cannot be reached any more, and why. Sends that it had not answered have failed before. A handler that
    /// throws is logged.
    /// </summary>
    event Action<int, Exception>? NodeDown;

    /// <summary>Takes the messages of a service. Dispose the result to take no more.</summary>
    /// <param name="service">Its name: 1 to 63 letters, digits and <c>- _ .</c> of ASCII.</param>
    /// <param name="receiver">Is called with each message; when it returns, the message is acknowledged.</param>
    /// <exception cref="ArgumentException">That is no name.</exception>
    /// <exception cref="InvalidOperationException">Somebody takes the messages of that service already.</exception>
    IDisposable Subscribe(string service, MessageReceiver receiver);

    /// <inheritdoc cref="Subscribe(string, MessageReceiver)"/>
    /// <param name="service">Its name.</param>
    /// <param name="receiver">
    /// The twin for async lambdas: the message, copied, is acknowledged when the Deferred fires. Many may be under way
    /// at a time; more of one node's than <see cref="NodeOptions.HighWaterMark"/> are refused as busy.
    /// </param>
    [OverloadResolutionPriority(1)]
    IDisposable Subscribe(string service, Func<int, ReadOnlyMemory<byte>, Deferred> receiver);

    /// <summary>Sends a message and waits for its acknowledgement.</summary>
    /// <param name="node">To whom; ourselves, too.</param>
    /// <param name="service">To which service there.</param>
    /// <param name="payload">Copied before this returns.</param>
    /// <returns>
    /// Fires when the service has taken it. Fails with <see cref="NodeDownException"/>, which says whether it may have
    /// arrived; with <see cref="NodeBusyException"/>, nothing was sent; with <see cref="MessageRefusedException"/>, it
    /// has arrived and was not taken; with <see cref="TimeoutException"/>, there was no answer in time.
    /// </returns>
    /// <exception cref="ArgumentException">The message is too long, or that is no name of a service.</exception>
    Deferred Send(int node, string service, ReadOnlySpan<byte> payload);

    /// <summary>Sends a message without acknowledgement: it is lost when the node goes down meanwhile.</summary>
    /// <param name="node">To whom; ourselves, too.</param>
    /// <param name="service">To which service there.</param>
    /// <param name="payload">Copied before this returns.</param>
    /// <returns>
    /// False when the node is down or has too much to read: nothing was sent, see <see cref="WhenReady"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The message is too long, or that is no name of a service.</exception>
    bool TryPost(int node, string service, ReadOnlySpan<byte> payload);

    /// <summary>Sends a message to all other nodes that are up, without acknowledgement.</summary>
    /// <param name="service">To which service there.</param>
    /// <param name="payload">Copied before this returns.</param>
    /// <returns>To how many; the others are down or have too much to read.</returns>
    /// <exception cref="ArgumentException">The message is too long, or that is no name of a service.</exception>
    int PostToAll(string service, ReadOnlySpan<byte> payload);

    /// <summary>Whether a node can take more: the time to go on after a post or send was refused.</summary>
    /// <param name="node">The node.</param>
    /// <returns>
    /// Fires at once, or when what waits for the node has gone out; fails with <see cref="NodeDownException"/>.
    /// </returns>
    Deferred WhenReady(int node);
}
