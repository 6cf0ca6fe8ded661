using System.Net;
using System.Net.Sockets;

namespace Twisted.Testing;

/// <summary>One end of a connection in a memory network, with the buffer of what the other end has sent.</summary>
internal sealed class MemorySocket(MemoryDriver driver, EndPoint host, EndPoint peer) : ISocketDriver, IMemoryReadiness
{
    /// <summary>As much as a real loopback socket holds, roughly, so that back-pressure is seen in tests.</summary>
    private const int Capacity = 256 * 1024;

    private readonly MemoryBytes _received = new();
    private MemorySocket? _other;
    private ISocketEvents? _events;
    private bool _wantsRead;
    private bool _wantsWrite;
    private bool _ended;    // the other end sends no more
    private bool _broken;   // the other end has reset the connection
    private bool _shutDown; // we send no more
    private bool _closed;

    public EndPoint Host => host;

    public EndPoint Peer => peer;

    public OsFailure Failure { get; private set; }

    public bool NoDelay { get; set; } = true;

    public bool KeepAlive { get; set; }

    public bool IsQueued { get; set; }

    public bool IsReady => !_closed && Answering is null && (CanRead || CanWrite);

    /// <summary>While it connects: when the other side will answer.</summary>
    internal IDelayedCall? Answering { get; set; }

    private bool CanRead => _wantsRead && (_received.Count > 0 || _ended || _broken);

    private bool CanWrite => _wantsWrite && (_broken || _other is null || _other._received.Count < Capacity);

    internal static void Join(MemorySocket one, MemorySocket two)
    {
        one._other = two;
        two._other = one;
    }

    /// <summary>Nobody listens where this end wants to connect to.</summary>
    internal void Refuse()
    {
        _broken = true;
        Failure = new OsFailure(SocketError.ConnectionRefused, 111, "Connection refused");
    }

    public bool SetInterest(ISocketEvents events, bool read, bool write)
    {
        _events = events;
        _wantsRead = read;
        _wantsWrite = write;
        driver.Changed(this);
        return true;
    }

    public void Raise()
    {
        if (CanRead)
            _events!.OnReadable();
        if (!_closed && CanWrite)
            _events!.OnWritable();
    }

    public bool FinishConnecting() => _other is not null;

    public int Receive(Span<byte> buffer)
    {
        if (_broken)
            return Fail(SocketError.ConnectionReset, 104, "Connection reset by peer");
        if (_received.Count == 0)
            return _ended ? 0 : ISocketDriver.WouldBlock;
        int count = _received.Take(buffer);
        _other?.Changed();
        return count;
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        if (_broken)
            return Fail(SocketError.ConnectionReset, 104, "Connection reset by peer");
        if (_shutDown || _other is null)
            return Fail(SocketError.Shutdown, 32, "Broken pipe");
        if (_other._closed)
        {
            // A real peer that has closed answers data with a reset.
            _broken = true;
            return data.Length;
        }
        int room = Capacity - _other._received.Count;
        if (room <= 0)
            return ISocketDriver.WouldBlock;
        int count = Math.Min(room, data.Length);
        _other._received.Add(data[..count]);
        _other.Changed();
        return count;
    }

    public void ShutdownSend()
    {
        _shutDown = true;
        if (_other is null)
            return;
        _other._ended = true;
        _other.Changed();
    }

    public void Close(bool abort)
    {
        if (_closed)
            return;
        _closed = true;
        Answering?.Cancel();
        if (_other is null)
            return;
        if (abort || _received.Count > 0) // unread data at a close is a reset, as in real TCP
        {
            _other._broken = true;
            if (abort)
                _other._received.Clear();
        }
        else
            _other._ended = true;
        _other.Changed();
    }

    private void Changed() => driver.Changed(this);

    private int Fail(SocketError kind, int code, string text)
    {
        Failure = new OsFailure(kind, code, text);
        return ISocketDriver.Failed;
    }
}
