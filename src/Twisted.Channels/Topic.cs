using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization.Metadata;

namespace Twisted.Channels;

/// <summary>A service whose messages are objects of one type. Reactor thread only.</summary>
/// <typeparam name="T">The messages: a record, say.</typeparam>
/// <param name="bus">What carries them.</param>
/// <param name="service">The name of the service.</param>
/// <param name="serializer">How they become bytes.</param>
/// <example><code>
/// public sealed record Move(string Piece, string To);
///
/// [JsonSerializable(typeof(Move))]
/// public sealed partial class GameJson : JsonSerializerContext;
///
/// var moves = new Topic&lt;Move&gt;(node, "moves", GameJson.Default.Move);
/// moves.Subscribe((from, move) => board.Play(from, move));
/// await moves.Send(2, new Move("e2", "e4"));
/// </code></example>
public sealed class Topic<T>(IChannelBus bus, string service, IMessageSerializer<T> serializer)
{
    private readonly IChannelBus _bus = bus ?? throw new ArgumentNullException(nameof(bus));
    private readonly IMessageSerializer<T> _serializer =
        serializer ?? throw new ArgumentNullException(nameof(serializer));

    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>A service whose messages are JSON.</summary>
    /// <param name="bus">What carries them.</param>
    /// <param name="service">The name of the service.</param>
    /// <param name="type">Of a <c>JsonSerializerContext</c>.</param>
    public Topic(IChannelBus bus, string service, JsonTypeInfo<T> type)
        : this(bus, service, new JsonMessageSerializer<T>(type)) { }

    /// <summary>Sends a message and waits for its acknowledgement; see <see cref="IChannelBus.Send"/>.</summary>
    /// <param name="node">To whom.</param>
    /// <param name="message">The message.</param>
    public Deferred Send(int node, T message) => _bus.Send(node, service, Bytes(message));

    /// <summary>Sends a message without acknowledgement; see <see cref="IChannelBus.TryPost"/>.</summary>
    /// <param name="node">To whom.</param>
    /// <param name="message">The message.</param>
    public bool TryPost(int node, T message) => _bus.TryPost(node, service, Bytes(message));

    /// <summary>Sends a message to all other nodes; see <see cref="IChannelBus.PostToAll"/>.</summary>
    /// <param name="message">The message.</param>
    public int PostToAll(T message) => _bus.PostToAll(service, Bytes(message));

    /// <summary>Takes the messages; see <see cref="IChannelBus.Subscribe(string, MessageReceiver)"/>.</summary>
    /// <param name="receiver">Is given the sender's number and the message.</param>
    public IDisposable Subscribe(Action<int, T> receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return _bus.Subscribe(service, (int from, ReadOnlySpan<byte> data) => receiver(from, _serializer.Read(data)));
    }

    /// <inheritdoc cref="Subscribe(Action{int, T})"/>
    /// <remarks>The twin for async lambdas: acknowledged when the Deferred fires.</remarks>
    [OverloadResolutionPriority(1)]
    public IDisposable Subscribe(Func<int, T, Deferred> receiver)
    {
        ArgumentNullException.ThrowIfNull(receiver);
        return _bus.Subscribe(
            service, (int from, ReadOnlyMemory<byte> data) => receiver(from, _serializer.Read(data.Span)));
    }

    private ReadOnlySpan<byte> Bytes(T message)
    {
        _bytes.ResetWrittenCount();
        _serializer.Write(message, _bytes);
        return _bytes.WrittenSpan;
    }
}
