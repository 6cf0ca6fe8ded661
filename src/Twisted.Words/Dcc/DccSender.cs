using System.Buffers.Binary;

namespace Twisted.Words;

/// <summary>
/// Sends a file as fast as the peer takes it, and has done when all of it was acknowledged. Twisted:
/// <c>DccSendProtocol</c>, which waits after each block.
/// </summary>
internal sealed class DccSender(IReactor reactor, DccFile file, TimeSpan idleTimeout) : Protocol, IPushProducer
{
    private const int BlockLength = 64 * 1024;

    private readonly byte[] _count = new byte[sizeof(uint)]; // an acknowledgement that has not come whole
    private int _countLength;
    private long _sent;
    private long _acknowledged;
    private bool _isStarted;
    private bool _isPaused;
    private Deferred? _resumed;
    private Deferred? _sending;
    private Deferred? _done;
    private IDelayedCall? _deadline; // of standing still

    /// <summary>Fires when the peer has it all. Cancelling it ends the connection.</summary>
    internal Deferred Done => _done ??= new Deferred(_ => AbortIfConnected());

    private long Length => file.Length;

    /// <summary>The peer has a part already.</summary>
    /// <returns>False when it is too late, or there is no such place in the file.</returns>
    internal bool StartAt(long position)
    {
        if (_isStarted || position <= 0 || position >= Length)
            return false;
        _sent = _acknowledged = position;
        return true;
    }

    /// <summary>Nobody waits for it any more.</summary>
    internal void Abandon()
    {
        Done.AddErrback(_ => { });
        Done.Cancel();
    }

    protected override void ConnectionMade()
    {
        _isStarted = true;
        if (Done.IsFired)
        {
            Transport.AbortConnection();
            return;
        }
        _deadline = reactor.CallLater(idleTimeout, () => Fail(new TimeoutException(
            $"The peer has taken nothing for {idleTimeout} after {_acknowledged} of {Length} bytes.")));
        FinishIfAcknowledged();
        if (Done.IsFired)
            return;
        Transport.RegisterProducer((IPushProducer)this);
        _sending = Send();
        _sending.AddErrback(Fail);
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        foreach (byte one in data)
        {
            _count[_countLength++] = one;
            if (_countLength < _count.Length)
                continue;
            _countLength = 0;
            Acknowledged(BinaryPrimitives.ReadUInt32BigEndian(_count));
            if (Done.IsFired)
                return;
        }
    }

    protected override void ConnectionLost(Exception reason)
    {
        _deadline?.Cancel();
        Fail(reason is ConnectionDoneException
            ? new IrcException($"The peer closed after it had acknowledged {_acknowledged} of {Length} bytes.")
            : reason);
        _sending?.Cancel();
    }

    void IPushProducer.PauseProducing() => _isPaused = true;

    void IPushProducer.ResumeProducing()
    {
        _isPaused = false;
        HasMoved();
        if (_resumed is { IsFired: false } waiting)
            waiting.Callback();
    }

    void IPushProducer.StopProducing() { } // ConnectionLost comes with the reason

    private async Deferred Send()
    {
        byte[] block = new byte[BlockLength];
        while (_sent < Length)
        {
            int most = (int)Math.Min(block.Length, Length - _sent);
            int count = await reactor.DeferToThread(() => file.Read(block.AsSpan(0, most), _sent));
            if (!IsConnected)
                return;
            if (count == 0)
                throw new IrcException($"The file has become shorter than the {Length} bytes that were offered.");
            _sent += count;
            Transport.Write(block.AsSpan(0, count));
            if (_isPaused)
                await (_resumed = new Deferred());
        }
        Transport.UnregisterProducer();
    }

    /// <summary>The low 32 bits of a number that only grows, by less than 4 GiB at a time.</summary>
    private void Acknowledged(uint low)
    {
        long count = _acknowledged + unchecked(low - (uint)_acknowledged);
        if (count > _sent)
        {
            Fail(new IrcException($"The peer says it has {low} bytes where {_sent} were sent of {Length}."));
            return;
        }
        if (count > _acknowledged) // what says nothing new is no sign of life
            HasMoved();
        _acknowledged = count;
        FinishIfAcknowledged();
    }

    private void HasMoved()
    {
        if (_deadline is { IsActive: true })
            _deadline.Reset(idleTimeout);
    }

    private void FinishIfAcknowledged()
    {
        if (_acknowledged < Length || Done.IsFired)
            return;
        Done.Callback();
        Transport.LoseConnection();
    }

    private void Fail(Exception reason)
    {
        if (!Done.IsFired)
            Done.Errback(reason);
        AbortIfConnected();
    }

    private void AbortIfConnected()
    {
        if (IsConnected)
            Transport.AbortConnection();
    }
}
