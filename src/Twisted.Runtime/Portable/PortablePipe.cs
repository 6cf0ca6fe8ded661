using System.Net;
using System.Net.Sockets;

namespace Twisted.Internet;

#pragma warning disable CA1001 // its stream and its cancellation are disposed by Close, the one end that it has

/// <summary>A stream of .NET's, a pipe or the console, in one direction.</summary>
/// <remarks>
/// Reading: one piece is read ahead on another thread. Writing: one piece is on its way, and the pipe is writable when
/// it has gone.
/// </remarks>
internal sealed class PortablePipe(CompletionQueue queue, Stream stream, FileAccess access, EndPoint name)
    : ISocketDriver, IReadySource
{
    private const int PieceSize = 32 * 1024;

    private readonly byte[] _piece = new byte[PieceSize];
    private readonly CancellationTokenSource _closed = new();
    private ISocketEvents? _events;
    private int _start;        // of what was read and not received
    private int _end;
    private bool _pending;     // the piece is being read or written
    private bool _streamEnded;
    private bool _broken;
    private bool _ending;      // ShutdownSend: close when the piece has gone
    private bool _wantsRead;
    private bool _wantsWrite;

    public bool IsQueued { get; set; }

    public EndPoint Host => name;

    public EndPoint Peer => name;

    public OsFailure Failure { get; private set; }

    public bool NoDelay { get; set; }

    public bool KeepAlive { get; set; }

    private bool IsClosed => _closed.IsCancellationRequested;

    private bool CanRead => _wantsRead && !IsClosed && (_start < _end || _streamEnded || _broken);

    private bool CanWrite => _wantsWrite && !IsClosed && !_pending && access == FileAccess.Write;

    public bool SetInterest(ISocketEvents events, bool read, bool write)
    {
        _events = events;
        _wantsRead = read;
        _wantsWrite = write;
        Watch();
        return true;
    }

    public bool FinishConnecting() => true;

    public int Receive(Span<byte> buffer)
    {
        if (_start < _end)
        {
            int count = Math.Min(buffer.Length, _end - _start);
            _piece.AsSpan(_start, count).CopyTo(buffer);
            _start += count;
            return count;
        }
        return _streamEnded || access == FileAccess.Write ? 0
            : _broken ? ISocketDriver.Failed
            : ISocketDriver.WouldBlock;
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        if (_broken)
            return ISocketDriver.Failed;
        if (_pending)
            return ISocketDriver.WouldBlock;
        int count = Math.Min(data.Length, PieceSize);
        data[..count].CopyTo(_piece);
        Begin(() => WriteAsync(count));
        return count;
    }

    /// <summary>The last piece may still be on its way.</summary>
    public int FinishSending() => access == FileAccess.Read ? 0
        : _broken ? ISocketDriver.Failed
        : _pending ? ISocketDriver.WouldBlock
        : 0;

    public void ShutdownSend()
    {
        _ending = true;
        if (!_pending)
            Close(abort: false);
    }

    public void Close(bool abort)
    {
        if (IsClosed)
            return;
        _closed.Cancel();
        stream.Dispose();
    }

    public void Raise()
    {
        if (CanRead)
            _events!.OnReadable();
        if (CanWrite)
            _events!.OnWritable();
        Watch();
    }

    /// <summary>Whoever had the other end has gone; where .NET does not tell, its owner does.</summary>
    internal void Break()
    {
        _broken = true;
        Failure = new OsFailure(SocketError.ConnectionReset, 0, "The reader has closed its end");
        Watch();
    }

    private void Watch()
    {
        if (_wantsRead && access == FileAccess.Read && !_pending && !IsClosed && _start == _end && !_streamEnded
            && !_broken)
        {
            Begin(ReadAsync);
        }
        if (CanRead || CanWrite)
            queue.Ready(this);
    }

    private async Task<int> ReadAsync()
    {
        int count = await stream.ReadAsync(_piece, _closed.Token).ConfigureAwait(false);
        MoveFile();
        return count;
    }

    private async Task<int> WriteAsync(int count)
    {
        await stream.WriteAsync(_piece.AsMemory(0, count), _closed.Token).ConfigureAwait(false);
        await stream.FlushAsync(_closed.Token).ConfigureAwait(false);
        MoveFile();
        return count;
    }

    /// <summary>
    /// .NET has a place of its own in a file. Whoever shares the open file, as programs of one shell line do, is to go
    /// on where we are: to ask for the handle moves the system's place there.
    /// </summary>
    private void MoveFile()
    {
        if (stream is FileStream { CanSeek: true } file)
            _ = file.SafeFileHandle;
    }

    private void Begin(Func<Task<int>> begin)
    {
        _pending = true;
        // Not the reactor's context, and no user's: what ends is only posted.
        _ = begin().ContinueWith(ended => queue.Post(new Piece(this, ended)), CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Ended(Task<int> ended)
    {
        _pending = false;
        if (IsClosed)
            return;
        if (ended.Exception is { } failure)
        {
            _broken = true;
            Failure = new OsFailure(SocketError.ConnectionReset, failure.InnerException!.HResult & 0xFFFF,
                failure.InnerException.Message.TrimEnd('.'));
        }
        else if (access == FileAccess.Read)
        {
            _start = 0;
            _end = ended.Result;
            _streamEnded = _end == 0;
        }
        if (_ending)
            Close(abort: false);
        Watch();
    }

    private sealed class Piece(PortablePipe pipe, Task<int> ended) : ICompletion
    {
        public void End() => pipe.Ended(ended);

        public void Abandon() => _ = ended.Exception; // looked at: nobody else will
    }
}
