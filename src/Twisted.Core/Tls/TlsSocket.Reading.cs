using System.Runtime.CompilerServices;

namespace Twisted.Internet;

// From the transport below to the one above.
internal sealed partial class TlsSocket
{
    private ValueTaskAwaiter<int> _wait;
    private bool _isWaiting;    // for plaintext: an empty read of SslStream's is under way
    private bool _readable;     // it has ended: there is plaintext, the end or an error
    private bool _wantsRead;
    private bool _belowPaused;
    private bool _peerFinished; // its close_notify has come
    private int _received;      // counts, to see whether a raised event was used
    private Action? _raise;
    private bool _raisesLater;

    void IProtocol.DataReceived(ReadOnlySpan<byte> data)
    {
        if (_isClosed || _failure is not null)
            return; // what comes after the end of TLS is nobody's
        using (Working())
            _pipe!.Feed(data);
        Advance();
    }

    public bool SetInterest(ISocketEvents events, bool read, bool write)
    {
        _events = events;
        _wantsRead = read;
        _wantsWrite = write;
        WatchBelow();
        RaiseLater();
        return true;
    }

    private bool CanRead => _readable || _failure is not null;

    public int Receive(Span<byte> buffer)
    {
        _received++;
        if (!_readable)
            return _failure is null ? ISocketDriver.WouldBlock : ISocketDriver.Failed;
        _readable = false;
        int count;
        try
        {
            using (Working())
                count = Tls.Read(buffer); // it is decrypted already, or it is the end
        }
        catch (Exception failure)
        {
            return Break(failure);
        }
        if (count > 0)
            AwaitPlaintext();
        else if (_pipe!.EndWasRead)
            return Break(Cut());
        else
            _peerFinished = true;
        return count;
    }

    /// <summary>Has SslStream wait, without a buffer, until there is plaintext.</summary>
    private void AwaitPlaintext()
    {
        if (_isWaiting || _readable || _peerFinished)
            return;
        using (Working())
        {
#pragma warning disable CA2012 // EndWait is the one that consumes it
            _wait = Tls.ReadAsync(Memory<byte>.Empty).GetAwaiter();
#pragma warning restore CA2012
            _isWaiting = true;
            if (!_wait.IsCompleted)
                _wait.UnsafeOnCompleted(_goOn!);
        }
        if (_wait.IsCompleted)
            EndWait();
    }

    private void EndWait()
    {
        _isWaiting = false;
        try
        {
            _wait.GetResult();
            _readable = true;
        }
        catch (Exception failure)
        {
            Break(failure);
        }
    }

    /// <summary>Reading failed: by TLS itself, or because the transport below went.</summary>
    private int Break(Exception failure)
    {
        _failure ??= failure as ConnectionClosedException
            ?? (_isGone ? Cut() : null)
            ?? new TlsException($"The TLS connection {_side} failed: {failure.Message}", failure);
        return ISocketDriver.Failed;
    }

    /// <summary>Readiness is told in every iteration for as long as it lasts, and never inside a call.</summary>
    private void RaiseLater()
    {
        if (_raisesLater || _isClosed || !((_wantsRead && CanRead) || (_wantsWrite && CanWrite)))
            return;
        _raisesLater = true;
        Loop.CallFromThread(_raise ??= () =>
        {
            _raisesLater = false;
            RaiseWritable();
            RaiseReadable();
        });
    }

    private void RaiseReadable()
    {
        while (_wantsRead && CanRead && !_isClosed)
        {
            int before = _received;
            _events!.OnReadable();
            if (_received == before)
                return; // it wants no more, and says so when its callback has returned
        }
    }

    /// <summary>The transport below reads while somebody wants to: its peer is slowed down like any other.</summary>
    private void WatchBelow()
    {
        bool pause = _hasAgreed && !_wantsRead && !_isFinishing;
        if (pause == _belowPaused || _isGone)
            return;
        _belowPaused = pause;
        if (pause)
            Below.PauseProducing();
        else
            Below.ResumeProducing();
    }
}
