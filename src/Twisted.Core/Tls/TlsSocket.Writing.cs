namespace Twisted.Internet;

// From the transport above to the one below.
internal sealed partial class TlsSocket : IPushProducer
{
    /// <summary>The most plaintext that a TLS record carries (RFC 8446, 5.1).</summary>
    private const int RecordSize = 16 * 1024;

    private bool _wantsWrite;
    private bool _belowIsFull;

    /// <summary>At the end the event means something else: that the peer has said goodbye.</summary>
    private bool CanWrite => _failure is not null || _isGone
        || (_isFinishing ? _peerFinished : _hasAgreed && !_belowIsFull);

    public int Send(ReadOnlySpan<byte> data)
    {
        if (_isGone)
            _failure ??= Cut();
        if (_failure is not null)
            return ISocketDriver.Failed;
        if (!_hasAgreed)
            return ISocketDriver.WouldBlock;
        int taken = 0;
        try
        {
            using (Working())
            {
                while (taken < data.Length && !_belowIsFull)
                {
                    int size = Math.Min(data.Length - taken, RecordSize);
                    Tls.Write(data.Slice(taken, size));
                    taken += size;
                }
            }
        }
        catch (Exception failure)
        {
            return Break(failure);
        }
        return taken > 0 || data.IsEmpty ? taken : ISocketDriver.WouldBlock;
    }

    void IPushProducer.PauseProducing() => _belowIsFull = true;

    void IPushProducer.ResumeProducing()
    {
        _belowIsFull = false;
        RaiseWritable();
    }

    void IPushProducer.StopProducing() { } // the end of the transport below is told by ConnectionLost

    private void RaiseWritable()
    {
        if (!_wantsWrite || !CanWrite || _isClosed)
            return;
        _events!.OnWritable();
        RaiseLater();
    }
}
