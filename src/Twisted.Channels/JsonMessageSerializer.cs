using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Twisted.Channels;

/// <summary>Messages as JSON in UTF-8, by System.Text.Json's source generation: no reflection.</summary>
/// <typeparam name="T">The messages.</typeparam>
/// <param name="type">Of a <c>JsonSerializerContext</c>: <c>MyJson.Default.Move</c>, say.</param>
public sealed class JsonMessageSerializer<T>(JsonTypeInfo<T> type) : IMessageSerializer<T>
{
    private readonly JsonTypeInfo<T> _type = type ?? throw new ArgumentNullException(nameof(type));

    /// <inheritdoc/>
    public void Write(T message, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, message, _type);
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">That is no such message.</exception>
    public T Read(ReadOnlySpan<byte> data) =>
        JsonSerializer.Deserialize(data, _type) ?? throw new JsonException("The message is null.");
}
