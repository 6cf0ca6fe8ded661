using System.Buffers.Binary;

namespace Twisted.Words;

/// <summary>
/// Receives a file: no more than was offered, acknowledging all that is written. While the disk is slow the peer waits.
/// Twisted: <c>DccFileReceive</c>.
/// </summary>
internal sealed class DccReceiver(IReactor reactor, DccFile file, long position, long size, TimeSpan idleTimeout)
    : SequentialProtocol
{
    private Exception? _failure;
    private long _position = position;
    private Deferred? _done;

    /// <summary>Fires when the last byte is written. Cancelling it ends the connection.</summary>
    internal Deferred Done => _done ??= new Deferred(_ => AbortIfConnected());

    protected override async Deferred Run()
    {
        using var idle = new IdleTimeout(reactor, idleTimeout, Expire);
        try
        {
            while (_position < size && !Done.IsFired)
                await Take(await ReadSome(), idle);
            if (!Done.IsFired)
                Done.Callback();
        }
        catch (Exception failure)
        {
            if (!Done.IsFired)
                Done.Errback(failure);
            AbortIfConnected();
        }
    }

    /// <summary>Nobody waits for it any more.</summary>
    internal void Abandon()
    {
        Done.AddErrback(_ => { });
        Done.Cancel();
    }

    private async Deferred Take(byte[] piece, IdleTimeout idle)
    {
        if (piece.Length == 0)
            throw _failure ?? new IrcException(
                $"The connection ended after {_position} of the {size} bytes of a file. Ask to resume.");
        int wanted = (int)Math.Min(piece.Length, size - _position);
        await reactor.DeferToThread(() => file.Write(piece.AsSpan(0, wanted), _position));
        _position += wanted;
        idle.Reset();
        Acknowledge();
    }

    /// <summary>How many bytes of the file we have: 32 bits, which wrap in files of more than 4 GiB.</summary>
    private void Acknowledge()
    {
        if (!IsConnected)
            return;
        Span<byte> count = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(count, unchecked((uint)_position));
        Transport.Write(count);
    }

    private void Expire()
    {
        _failure = new TimeoutException(
            $"Nothing has come for {idleTimeout} after {_position} of the {size} bytes of a file.");
        AbortIfConnected();
    }

    private void AbortIfConnected()
    {
        if (IsConnected)
            Transport.AbortConnection();
    }
}
