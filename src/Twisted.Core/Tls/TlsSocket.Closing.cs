namespace Twisted.Internet;

// The ends: close_notify (RFC 8446, 6.1), and what comes instead.
internal sealed partial class TlsSocket
{
    private bool _goodbyeSaid;  // our close_notify is out
    private bool _wantsGoodbye; // it was asked for during the handshake, and follows it
    private bool _isFinishing;  // the transport above waits for the peer's
    private Exception? _loss;   // why the transport below went

    /// <summary>LoseWriteConnection: the peer hears close_notify, and may go on.</summary>
    public void ShutdownSend()
    {
        _wantsGoodbye = true;
        SayGoodbye();
    }

    public int FinishSending()
    {
        if (_failure is null && _isGone && _loss is not ConnectionDoneException)
            _failure = _loss;
        if (_failure is not null)
            return ISocketDriver.Failed;
        if (_isGone)
            return 0;
        if (!_hasAgreed)
            return ISocketDriver.WouldBlock;
        if (!_isFinishing)
        {
            _isFinishing = true;
            SayGoodbye();
            _deadline = Loop.CallLater(_limits.CloseTimeout, GoodbyeTakesTooLong);
            WatchBelow();
            Drop();
        }
        return _failure is not null ? ISocketDriver.Failed
            : _peerFinished ? 0
            : ISocketDriver.WouldBlock;
    }

    public void Close(bool abort)
    {
        if (_isClosed)
            return;
        _isClosed = true;
        _deadline?.Cancel();
        if (_agreed is { IsFired: false }) // who waits for the handshake must not wait for ever
            _agreed.Errback(abort ? new ConnectionAbortedException() : new ConnectionLostException());
        if (_isGone)
        {
            Release();
            return;
        }
        if (abort)
        {
            Below.AbortConnection();
            return;
        }
        if (_hasAgreed && _failure is null)
            SayGoodbye();
        Below.UnregisterProducer();
        Below.LoseConnection();
        // Nobody is above any more who could give up on a peer that does not read.
        _deadline = Loop.CallLater(_limits.CloseTimeout, Below.AbortConnection);
    }

    void IProtocol.ConnectionLost(Exception reason)
    {
        _isGone = true;
        _loss = reason;
        _deadline?.Cancel();
        using (Working())
            _pipe!.End();
        if (_isClosed)
        {
            Release();
            return;
        }
        if (!_hasAgreed)
            Fail(Cut());
        Advance();
        RaiseWritable();
    }

    /// <summary>
    /// The stream has ended without close_notify. That may be an attacker's work, who cuts it where he wants, so it is
    /// never a clean end.
    /// </summary>
    private Exception Cut() => _loss switch
    {
        ConnectionDoneException when !_hasAgreed => new TlsException(
            $"The connection was closed during the TLS handshake {_side}.", _loss),
        null or ConnectionDoneException => new ConnectionLostException(
            $"The TLS stream {_side} was cut: the connection was closed without close_notify.", _loss),
        _ => _loss,
    };

    private void SayGoodbye()
    {
        if (_goodbyeSaid || _isGone || !_hasAgreed)
            return;
        _goodbyeSaid = true;
        try
        {
            using (Working())
                _ = Tls.ShutdownAsync(); // one record, written before it returns
        }
        catch (Exception failure)
        {
            Break(failure);
        }
    }

    /// <summary>The transport above reads no more: what comes before the peer's close_notify is dropped.</summary>
    private void Drop()
    {
        Span<byte> dropped = stackalloc byte[1024];
        while (_readable && !_isClosed && Receive(dropped) > 0) { }
    }

    private void GoodbyeTakesTooLong() => Fail(new ConnectionLostException(
        $"The peer has not answered close_notify in {_limits.CloseTimeout.TotalSeconds} seconds."));

    private void Release()
    {
        _ = _handshake?.Exception; // seen: nobody is above who could be told
        Tls.Dispose();
        _pipe!.Dispose();
    }
}
