using System.Buffers;
using System.Threading.Tasks.Sources;

namespace Twisted.Internet;

/// <summary>
/// The stream that SslStream works on: what it writes goes to the transport below, what it reads was fed to it.
/// </summary>
/// <remarks>
/// Reactor thread only; nothing in here blocks. A read that waits is completed inside <see cref="Feed"/>, so all of TLS
/// happens there. It holds memory only for bytes that SslStream has not asked for yet.
/// </remarks>
internal sealed class TlsPipe(ITransport below) : Stream, IValueTaskSource<int>
{
    private ManualResetValueTaskSourceCore<int> _reading;
    private Memory<byte> _wanted;
    private bool _isReading;
    private bool _hasEnded;
    private byte[] _fed = [];
    private int _start;
    private int _end;

    /// <summary>Whether SslStream has been told that there is no more.</summary>
    internal bool EndWasRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Bytes have come. A read that waits ends before this returns.</summary>
    internal void Feed(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty || _hasEnded)
            return;
        if (_isReading && _start == _end && _wanted.Length > 0)
        {
            int direct = Math.Min(data.Length, _wanted.Length);
            data[..direct].CopyTo(_wanted.Span);
            Keep(data[direct..]); // before the read ends: what goes on then may ask for these
            EndRead(direct);
            return;
        }
        Keep(data);
        if (_isReading)
            EndRead(Take(_wanted.Span));
    }

    /// <summary>No more will come.</summary>
    internal void End()
    {
        _hasEnded = true;
        if (!_isReading)
            return;
        EndWasRead = true;
        EndRead(0);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // An empty read waits like any other, and takes nothing.
        if (_start < _end || _hasEnded)
            return ValueTask.FromResult(Read(buffer.Span));
        _wanted = buffer;
        _isReading = true;
        _reading.Reset();
        return new ValueTask<int>(this, _reading.Version);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        if (_start < _end)
            return Take(buffer);
        if (!_hasEnded)
            throw new InvalidOperationException("A read that would block: TLS reads only what has come.");
        EndWasRead = true;
        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => below.Write(buffer);

    public override void Write(byte[] buffer, int offset, int count) => below.Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        below.Write(buffer.Span);
        return ValueTask.CompletedTask;
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        below.Write(buffer.AsSpan(offset, count));
        return Task.CompletedTask;
    }

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    int IValueTaskSource<int>.GetResult(short token) => _reading.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _reading.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token,
        ValueTaskSourceOnCompletedFlags flags) => _reading.OnCompleted(continuation, state, token, flags);

    protected override void Dispose(bool disposing)
    {
        _hasEnded = true;
        Return();
        base.Dispose(disposing);
    }

    private void EndRead(int count)
    {
        _isReading = false;
        _wanted = default;
        _reading.SetResult(count);
    }

    private int Take(Span<byte> into)
    {
        int count = Math.Min(into.Length, _end - _start);
        _fed.AsSpan(_start, count).CopyTo(into);
        _start += count;
        if (_start == _end)
            Return();
        return count;
    }

    private void Keep(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
            return;
        int waiting = _end - _start;
        if (_fed.Length - _end < data.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(waiting + data.Length);
            _fed.AsSpan(_start, waiting).CopyTo(larger);
            Return();
            _fed = larger;
            _end = waiting;
        }
        data.CopyTo(_fed.AsSpan(_end));
        _end += data.Length;
    }

    private void Return()
    {
        if (_fed.Length > 0)
            ArrayPool<byte>.Shared.Return(_fed);
        _fed = [];
        _start = _end = 0;
    }
}
