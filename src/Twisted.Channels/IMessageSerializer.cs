using System.Buffers;

namespace Twisted.Channels;

/// <summary>Turns the messages of a <see cref="Topic{T}"/> into bytes and back.</summary>
/// <typeparam name="T">The messages.</typeparam>
public interface IMessageSerializer<T>
{
    /// <summary>Writes a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="output">Where to.</param>
    void Write(T message, IBufferWriter<byte> output);

    /// <summary>Reads a message; the bytes come from another node and may be anything.</summary>
    /// <param name="data">All its bytes; yours only until you return.</param>
    /// <returns>The message. Throw when it is none: its sender is told that the receiver has failed.</returns>
    T Read(ReadOnlySpan<byte> data);
}
