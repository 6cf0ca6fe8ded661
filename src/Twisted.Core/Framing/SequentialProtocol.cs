using System.Text;
using Twisted.Internet;

namespace Twisted.Protocols;

/// <summary>A protocol written top to bottom: read, think, answer, in one <c>async Deferred</c> method.</summary>
/// <remarks>
/// <para>
/// <see cref="Run"/> begins when the connection is up; its end closes the connection, and so does its failure, which is
/// reported. One read at a time: lines that come together are answered one after the other, in order. When more has
/// come than <see cref="ReadAhead"/> and nobody reads, the transport is paused, so a peer cannot fill the memory.
/// </para>
/// <para>
/// When the connection is lost, what was received before can still be read. After it a line is null, some bytes are
/// none, and an exact number of bytes fails with the reason; a Run that lets this failure pass has ended well. Nothing
/// else is cancelled: tie a long wait to the connection with <c>WhileConnected</c>. Reactor thread only.
/// </para>
/// <para>
/// A peer that closes only its own side (<c>nc -N</c>) still gets its answers: for the reads the connection has ended,
/// writes go on until <see cref="Run"/> ends.
/// </para>
/// </remarks>
public abstract class SequentialProtocol : Protocol, IHalfCloseableProtocol, IHoldsInput
{
    private Func<bool>? _waiting;   // the read that waits: fires and returns true when it can
    private WriteDrain? _draining;
    private Exception? _end;        // no more bytes will come, because of this
    private bool _isHalfClosed;     // no more bytes will come, but the peer still takes ours
    private bool _hasEnded;
    private bool _isPaused;

    /// <summary>What ends a line, in both directions. Asked anew for each line.</summary>
    protected virtual ReadOnlySpan<byte> Delimiter => "\r\n"u8;

    /// <summary>How many bytes may wait to be read before the transport is paused.</summary>
    protected virtual int ReadAhead => 65536;

    private protected ReceiveBuffer Received { get; } = new();

    bool IHoldsInput.HasInput => !Received.IsEmpty;

    /// <summary>The conversation.</summary>
    /// <returns>When it fires the connection is closed.</returns>
    protected abstract Deferred Run();

    /// <summary>Waits for a line.</summary>
    /// <param name="maxLength">The longest line, in bytes without its delimiter.</param>
    /// <returns>
    /// The line without its delimiter, decoded from UTF-8, or null when the connection ended before it was complete.
    /// Fails with <see cref="InvalidDataException"/> when it is too long; then the connection is closed.
    /// </returns>
    /// <exception cref="InvalidOperationException">Another read is waiting.</exception>
    protected Deferred<string?> ReadLine(int maxLength = 16384)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxLength);
        var line = new Deferred<string?>(_ => _waiting = null);
        Wait(() =>
        {
            ReadOnlySpan<byte> delimiter = Delimiter;
            int length = Received.IndexOf(delimiter);
            if (length > maxLength || (length < 0 && Received.Length >= (long)maxLength + delimiter.Length))
                line.Errback(Refuse(maxLength));
            else if (length >= 0)
                line.Callback(Encoding.UTF8.GetString(Received.Take(length, skip: delimiter.Length)));
            else if (_end is not null)
                line.Callback(null);
            else
                return false;
            return true;
        });
        return line;
    }

    /// <summary>Waits for a number of bytes.</summary>
    /// <param name="count">How many. Memory follows what comes, but check a number that the peer has sent.</param>
    /// <returns>Just so many bytes. Fails with the reason when the connection ended before they were there.</returns>
    /// <exception cref="InvalidOperationException">Another read is waiting.</exception>
    protected Deferred<byte[]> ReadExactly(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var bytes = new Deferred<byte[]>(_ => _waiting = null);
        Wait(() =>
        {
            if (Received.Length >= count)
                bytes.Callback(Received.Take(count).ToArray());
            else if (_end is not null)
                bytes.Errback(_end);
            else
                return false;
            return true;
        });
        return bytes;
    }

    /// <summary>Waits until there are bytes.</summary>
    /// <returns>All that are there, at least one; none when the connection has ended.</returns>
    /// <exception cref="InvalidOperationException">Another read is waiting.</exception>
    protected Deferred<byte[]> ReadSome()
    {
        var bytes = new Deferred<byte[]>(_ => _waiting = null);
        Wait(() =>
        {
            if (Received.IsEmpty && _end is null)
                return false;
            bytes.Callback(Received.TakeAll().ToArray());
            return true;
        });
        return bytes;
    }

    /// <inheritdoc cref="LineReceiver.SendLine(ReadOnlySpan{byte})"/>
    protected void SendLine(ReadOnlySpan<byte> line) => LineWriter.Write(Transport, line, Delimiter);

    /// <inheritdoc cref="LineReceiver.SendLine(string)"/>
    protected void SendLine(string line) => LineWriter.Write(Transport, line, Delimiter);

    /// <summary>Waits until the peer has taken what was written, if more than 64 KiB of it is waiting.</summary>
    /// <returns>Fires at once when less is waiting. Fails with the reason when the connection ends before.</returns>
    /// <exception cref="InvalidOperationException">The transport has another producer.</exception>
    protected Deferred Drain()
    {
        if (_end is not null && !_isHalfClosed)
            return Deferred.Fail(_end);
        var drain = new WriteDrain(Transport, () => _draining = null);
        if (drain.Begin())
            _draining = drain;
        return drain.Done;
    }

    /// <summary>Begins <see cref="Run"/>.</summary>
    protected sealed override void ConnectionMade() => Deferred.Try(Run).AddBoth(Ended);

    /// <summary>Keeps the bytes for the reads.</summary>
    /// <param name="data">The bytes.</param>
    protected sealed override void DataReceived(ReadOnlySpan<byte> data)
    {
        if (_hasEnded || _end is not null)
            return;
        Received.Append(data);
        Serve();
    }

    /// <summary>Ends the reads.</summary>
    /// <param name="reason">Why.</param>
    protected sealed override void ConnectionLost(Exception reason)
    {
        _end ??= reason;
        _isHalfClosed = false;
        _draining?.Fail(reason);
        Serve();
    }

    void IHalfCloseableProtocol.ReadConnectionLost()
    {
        _end ??= new ConnectionDoneException();
        _isHalfClosed = true;
        Serve();
    }

    void IHalfCloseableProtocol.WriteConnectionLost() { }

    private void Wait(Func<bool> read)
    {
        if (_waiting is not null)
            throw new InvalidOperationException("Another read is waiting: await it before you begin the next.");
        _waiting = read;
        Serve();
    }

    private void Serve()
    {
        if (_waiting is { } read)
        {
            _waiting = null; // before it fires: the next read may begin in there
            if (!read())
                _waiting = read;
        }
        Received.Trim();
        AdjustFlow();
    }

    private void AdjustFlow()
    {
        bool isEnough = _waiting is null && Received.Length > ReadAhead;
        if (isEnough == _isPaused || _hasEnded || _end is not null || !IsConnected || Transport.IsDisconnecting)
            return;
        _isPaused = isEnough;
        if (isEnough)
            Transport.PauseProducing();
        else
            Transport.ResumeProducing();
    }

    private InvalidDataException Refuse(int maxLength)
    {
        var tooLong = new InvalidDataException($"The peer sent a line of more than {maxLength} bytes.");
        _end ??= tooLong;
        Received.Clear();
        Transport.LoseConnection();
        return tooLong;
    }

    private void Ended(Outcome outcome)
    {
        _hasEnded = true;
        Received.Clear();
        // A failure that is the end of the stream itself is how a Run without catch clauses learns of it.
        if (outcome.Failure is { } failure && !ReferenceEquals(failure, _end))
            FailureSink.Report(failure, GetType().Name);
        if (IsConnected)
            Transport.LoseConnection();
    }
}
