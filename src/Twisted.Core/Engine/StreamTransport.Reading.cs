namespace Twisted.Internet;

// From the poller to DataReceived.
internal sealed partial class StreamTransport
{
    void ISocketEvents.OnReadable()
    {
        if (HasAny(StreamFlags.ReadsNothing))
        {
            EnsureOpen("readable");
            return;
        }
        byte[] buffer = _reactor.ReceiveBuffer;
        int count = Has(StreamFlags.PassesDescriptors) ? ReceivePassing(buffer) : _socket.Receive(buffer);
        if (count > 0)
            Deliver(buffer.AsSpan(0, count));
        else if (count == 0)
            EndOfStream();
        else if (count == ISocketDriver.Failed)
            End(_socket.Loss);
        _reactor.Flush();
    }

    private void Deliver(ReadOnlySpan<byte> data)
    {
        CountReceived(data.Length);
        try
        {
            _protocol.DataReceived(data);
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "DataReceived");
            End(failure);
        }
    }

    /// <summary>
    /// The peer has finished: a protocol that knows half close goes on writing, for others it is the end.
    /// </summary>
    private void EndOfStream()
    {
        if (_protocol.Ability<IHalfCloseableProtocol>() is not { } halfCloseable)
        {
            End(new ConnectionDoneException());
            return;
        }
        Add(StreamFlags.ReadClosed);
        UpdateInterest();
        try
        {
            halfCloseable.ReadConnectionLost();
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "ReadConnectionLost");
            End(failure);
        }
    }

    public void PauseProducing()
    {
        Add(StreamFlags.ReadPaused);
        UpdateInterest();
    }

    public void ResumeProducing()
    {
        Remove(StreamFlags.ReadPaused);
        UpdateInterest();
    }

    public void StopProducing() => LoseConnection();
}
