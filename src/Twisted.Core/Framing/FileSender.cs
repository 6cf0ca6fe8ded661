using System.Buffers;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>Sends a file, 16 KiB each time the consumer has nothing left to send.</summary>
/// <remarks>
/// Reads on the reactor thread, so the stream should be one that does not wait: a local file or memory. One transfer
/// at a time. Reactor thread only. Twisted: <c>twisted.protocols.basic.FileSender</c>.
/// </remarks>
public sealed class FileSender : IPullProducer
{
    /// <summary>The most that is read for one pull, in bytes.</summary>
    public const int ChunkSize = 16384;

    private Deferred<FileTransfer>? _result;
    private Stream _file = Stream.Null;
    private IConsumer? _consumer;
    private Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? _transform;
    private byte[] _chunk = [];
    private FileTransfer _written;

    /// <summary>Begins to send a file, from its present position to its end.</summary>
    /// <param name="file">Read, but not disposed: it is yours.</param>
    /// <param name="consumer">Usually the transport. It may have no other producer.</param>
    /// <param name="transform">
    /// Makes what is sent of what was read. It may keep neither its argument nor its result; the result may be empty.
    /// </param>
    /// <returns>
    /// Fires when the last byte was given to the consumer. Fails with <see cref="ConnectionLostException"/> when the
    /// consumer goes before that, or with what reading the file throws. Cancelling it ends the transfer.
    /// </returns>
    /// <exception cref="InvalidOperationException">
    /// This sender is busy, or the consumer has another producer.
    /// </exception>
    public Deferred<FileTransfer> BeginFileTransfer(
        Stream file,
        IConsumer consumer,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? transform = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(consumer);
        if (_result is not null)
            throw new InvalidOperationException("This FileSender is sending a file: make another one, or wait.");
        var result = new Deferred<FileTransfer>(_ => { End(); });
        _result = result;
        _file = file;
        _consumer = consumer;
        _transform = transform;
        _written = default;
        _chunk = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            consumer.RegisterProducer(this); // asks for the first piece at once
        }
        catch
        {
            _consumer = null;
            End();
            throw;
        }
        return result;
    }

    void IPullProducer.ResumeProducing()
    {
        if (_result is null)
            return;
        ReadOnlyMemory<byte> piece;
        try
        {
            piece = NextPiece();
        }
        catch (Exception failure)
        {
            End()?.Errback(failure);
            return;
        }
        if (piece.IsEmpty)
        {
            End()?.Callback(_written);
            return;
        }
        _written = new FileTransfer(_written.BytesWritten + piece.Length, piece.Span[^1]);
        _consumer?.Write(piece.Span);
    }

    void IPullProducer.StopProducing()
    {
        _consumer = null; // it has dropped us already
        End()?.Errback(new ConnectionLostException(
            $"The connection went away after {_written.BytesWritten} bytes of the file."));
    }

    /// <summary>The next piece; an empty one is the end. What is transformed into nothing is passed over.</summary>
    private ReadOnlyMemory<byte> NextPiece()
    {
        while (true)
        {
            int count = _file.Read(_chunk, 0, ChunkSize);
            ReadOnlyMemory<byte> piece = _chunk.AsMemory(0, count);
            if (count > 0 && _transform is not null)
                piece = _transform(piece);
            if (count == 0 || !piece.IsEmpty)
                return piece;
        }
    }

    /// <summary>Ready for another transfer.</summary>
    /// <returns>What the present one still has to fire.</returns>
    private Deferred<FileTransfer>? End()
    {
        if (_result is not { } result)
            return null;
        _result = null;
        _file = Stream.Null;
        _transform = null;
        ArrayPool<byte>.Shared.Return(_chunk);
        _chunk = [];
        IConsumer? consumer = _consumer;
        _consumer = null;
        consumer?.UnregisterProducer();
        return result;
    }
}
