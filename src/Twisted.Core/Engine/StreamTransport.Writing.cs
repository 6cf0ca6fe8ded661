namespace Twisted.Internet;

// From Write to send.
internal sealed partial class StreamTransport
{
    /// <summary>Above this a push producer is paused.</summary>
    private const int PauseAbove = 64 * 1024;

    /// <summary>
    /// More than this waiting when something is written: the peer does not read, the connection is aborted.
    /// </summary>
    internal const int HardCap = 16 * 1024 * 1024;

    /// <summary>
    /// From this size on, received bytes that are written on, by an echo or a proxy, are sent from where they lie.
    /// </summary>
    private const int LendFrom = 8 * 1024;

    private readonly WriteBuffer _out;

    public void Write(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || !MayWrite())
            return;
        if (data.Length < LendFrom || Has(StreamFlags.AwaitsWritable) || !_out.TryLend(data, _reactor.ReceiveBuffer))
            _out.Append(data);
        _reactor.Bytes.Written += data.Length;
        Written();
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        int size = Math.Max(sizeHint, 1);
        // An encoder need not ask whether its bytes are still wanted: it gets room that leads nowhere.
        return HasAny(StreamFlags.DropsWrites) ? new byte[size] : _out.GetMemory(size, wanted: size);
    }

    public void Advance(int count)
    {
        if (HasAny(StreamFlags.DropsWrites))
            return;
        long pending = _out.Length;
        _out.Advance(count);
        _reactor.Bytes.Written += count;
        if (pending > HardCap)
            EndLater(new WriteBufferExceededException(pending, HardCap));
        else if (count > 0)
            Written();
    }

    private bool MayWrite()
    {
        if (HasAny(StreamFlags.DropsWrites))
            return false;
        if (_out.Length <= HardCap)
            return true;
        EndLater(new WriteBufferExceededException(_out.Length, HardCap));
        return false;
    }

    private void Written()
    {
        if (!Has(StreamFlags.AwaitsWritable))
            SendLater();
        if (_out.Length > PauseAbove)
            PauseProducer();
    }

    private void SendLater() => FlushLater(StreamFlags.SendWanted);

    private void FlushLater(StreamFlags what)
    {
        if (!Has(StreamFlags.FlushQueued))
            _reactor.FlushLater(this);
        Add(what | StreamFlags.FlushQueued);
    }

    internal override void Flush()
    {
        Remove(StreamFlags.FlushQueued);
        if (Has(StreamFlags.SendWanted))
        {
            Remove(StreamFlags.SendWanted);
            SendAll();
            _out.Keep(); // the loop is about to receive into what was lent
        }
        if (Has(StreamFlags.InterestStale))
            ApplyInterest();
    }

    void ISocketEvents.OnWritable()
    {
        EnsureOpen("writable");
        SendAll();
        _reactor.Flush();
    }

    /// <summary>A driver has told of a socket, which it must not after Close.</summary>
    private void EnsureOpen(string state)
    {
        if (Has(StreamFlags.Lost))
            _reactor.Invariants.Break($"a connection is {state} after its end");
    }

    private void SendAll()
    {
        if (HasAny(StreamFlags.Ending | StreamFlags.Lost))
            return;
        while (!_out.IsEmpty)
        {
            ReadOnlySpan<byte> next = _passing is null ? _out.First : _passing.Limit(_out.First);
            int count = _passing is null ? _socket.Send(next) : _passing.Send(next);
            if (count >= 0)
                Sent(count);
            else if (count == ISocketDriver.Failed)
            {
                End(_socket.Loss);
                return;
            }
            if (count < next.Length)
            {
                AwaitWritable(true);
                return;
            }
        }
        AllSent();
    }

    private void Sent(int count)
    {
        _out.Consume(count);
        CountSent(count);
    }

    /// <summary>The connection has ended: what waits is dropped.</summary>
    private void DropUnsent()
    {
        _reactor.Bytes.Dropped += _out.Length;
        _out.Clear();
    }

    /// <summary>Nothing waits any more: the producer's turn, or the end that was asked for.</summary>
    private void AllSent()
    {
        if (ProducerWaits)
        {
            // The next piece goes out in the next iteration, so that one producer cannot keep the loop for itself.
            AwaitWritable(true);
            ResumeProducer();
            return;
        }
        AwaitWritable(false);
        if (Has(StreamFlags.Disconnecting))
            Finish();
        else if (Has(StreamFlags.WriteClosing) && !Has(StreamFlags.WriteClosed))
            CloseWriteSide();
    }

    private void Finish()
    {
        int result = _socket.FinishSending();
        if (result == ISocketDriver.WouldBlock)
            AwaitWritable(true);
        else
            End(result == ISocketDriver.Failed ? _socket.Loss : new ConnectionDoneException());
    }

    private void AwaitWritable(bool wanted)
    {
        if (Has(StreamFlags.AwaitsWritable) == wanted)
            return;
        _state ^= StreamFlags.AwaitsWritable;
        UpdateInterest();
    }

    public void LoseWriteConnection()
    {
        if (HasAny(StreamFlags.DropsWrites))
            return;
        Add(StreamFlags.WriteClosing);
        SendLater();
    }

    private void CloseWriteSide()
    {
        Add(StreamFlags.WriteClosed);
        _socket.ShutdownSend();
        if (_protocol.Ability<IHalfCloseableProtocol>() is not { } halfCloseable)
            return;
        try
        {
            halfCloseable.WriteConnectionLost();
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "WriteConnectionLost");
            End(failure);
        }
    }
}
