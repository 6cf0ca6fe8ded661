using System.Net;
using System.Net.Sockets;

namespace Twisted.Testing;

/// <summary>One end of a connection in a simulation: what has arrived here, and what it sends.</summary>
/// <remarks>
/// Partials: this file is the socket as the engine sees it; Wire is what travels between the two ends.
/// </remarks>
internal sealed partial class SimulatedSocket : ISocketDriver, IMemoryReadiness, ITcpKeepAlive
{
    /// <summary>Bytes sent and not read by the peer: as many as a real connection holds, roughly.</summary>
    private const int Window = 128 * 1024;

    private readonly SimulatedWorld _world;
    private readonly SimulatedDriver _driver;
    private readonly SimulatedLink _link;
    private readonly int _number;
    private readonly MemoryBytes _received = new();
    private DecisionStream _readSizes;
    private DecisionStream _writeSizes;
    private ISocketEvents? _events;
    private bool _wantsRead;
    private bool _wantsWrite;
    private bool _ended;     // the other end sends no more
    private bool _shutDown;  // we send no more
    private bool _closed;
    private int _unread;     // bytes sent and not read by the peer
    private long _sent;
    private long _read;

    internal SimulatedSocket(SimulatedWorld world, SimulatedDriver driver, SimulatedLink link, int number,
        EndPoint host, EndPoint peer)
    {
        _world = world;
        _driver = driver;
        world.Sockets.Add(this);
        _link = link;
        _number = number;
        Host = host;
        Peer = peer;
        int owner = driver.Owner.Number;
        _readSizes = new DecisionStream(DecisionKind.ReadSize, owner, number);
        _writeSizes = new DecisionStream(DecisionKind.WriteSize, owner, number);
        _latencies = new DecisionStream(DecisionKind.Latency, owner, number);
        _resets = new DecisionStream(DecisionKind.Reset, owner, number);
        _halfOpens = new DecisionStream(DecisionKind.HalfOpen, owner, number);
    }

    public EndPoint Host { get; }

    public EndPoint Peer { get; }

    public OsFailure Failure { get; private set; }

    public bool NoDelay { get; set; } = true;

    public bool KeepAlive { get; set; }

    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(2); // as Linux has it

    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(75);

    public int Count { get; set; } = 9;

    public TimeSpan UserTimeout { get; set; }

    public bool IsQueued { get; set; }

    public bool IsReady => !_closed && !IsConnecting && (CanRead || CanWrite);

    private bool IsBroken => _breaking is not null;

    private bool CanRead => _wantsRead && (_received.Count > 0 || _ended || IsBroken);

    private bool CanWrite => _wantsWrite && (IsBroken || _unread < Window);

    public bool SetInterest(ISocketEvents events, bool read, bool write)
    {
        _events = events;
        _wantsRead = read;
        _wantsWrite = write;
        _driver.Changed(this);
        return true;
    }

    public void Raise()
    {
        if (CanRead)
            _events!.OnReadable();
        if (!_closed && CanWrite)
            _events!.OnWritable();
    }

    public bool FinishConnecting()
    {
        if (_breaking is not { } failure)
            return true;
        Failure = failure;
        return false;
    }

    public int Receive(Span<byte> buffer)
    {
        if (_received.Count == 0)
            return IsBroken ? Fail() : _ended ? 0 : ISocketDriver.WouldBlock;
        int count = _received.Take(Limited(buffer, ref _readSizes, _link.ReadSizes));
        _world.Trace.Add(_driver.Owner, _number, "reads", count);
        _read += count;
        _other?.HasBeenRead(count);
        return count;
    }

    public int Send(ReadOnlySpan<byte> data)
    {
        if (IsBroken)
            return Fail();
        if (_shutDown)
        {
            Failure = new OsFailure(SocketError.Shutdown, 32, "Broken pipe");
            return ISocketDriver.Failed;
        }
        int most = Math.Min(data.Length, Window - _unread);
        if (most <= 0)
            return ISocketDriver.WouldBlock;
        int count = Limit(most, ref _writeSizes, _link.WriteSizes);
        _unread += count;
        _sent += count;
        _world.Trace.Add(_driver.Owner, _number, "sends", count);
        byte[] bytes = data[..count].ToArray();
        Travel(count, other => other.Take(bytes));
        return count;
    }

    public void ShutdownSend()
    {
        if (_shutDown || IsBroken)
            return;
        _shutDown = true;
        _world.Trace.Add(_driver.Owner, _number, "sends no more");
        Travel(0, other => other.End());
    }

    public void Close(bool abort)
    {
        if (_closed)
            return;
        _world.Trace.Add(_driver.Owner, _number, abort ? "aborts" : "closes");
        bool resets = abort || _received.Count > 0; // unread data at a close is a reset, as in real TCP
        if (!resets)
            ShutdownSend();
        Release();
        _hasReset |= resets;
        if (resets && !IsBroken)
            Travel(0, other => other.Break(ResetByPeer));
    }

    /// <summary>Whether all arrived that the other end sent, if both have closed and nothing broke.</summary>
    internal void CheckBytes()
    {
        if (_other is not { } other || !(_closed && other._closed) || _isForgotten || _hasReset || other._hasReset)
            return;
        if (_read != other._sent)
        {
            throw new SimulationException($"{_driver.Owner.Name} #{_number}: the connection ended well, but of "
                + $"{other._sent} bytes sent {_read} were read.");
        }
    }

    private int Fail()
    {
        Failure = _breaking!.Value;
        return ISocketDriver.Failed;
    }

    private void Release()
    {
        _closed = true;
        if (_hasDescriptor)
            _driver.OpenSockets--;
        _hasDescriptor = false;
    }

    private void Changed() => _driver.Changed(this);

    /// <summary>How many bytes: all, or one of the link's numbers.</summary>
    private int Limit(int most, ref DecisionStream stream, (int Least, int Most)? sizes)
    {
        if (sizes is not { } range || most <= range.Least)
            return most;
        long chosen = _world.Decisions.Choose(ref stream, Math.Min(range.Most, most) - range.Least + 1, chance: 1);
        return chosen == 0 ? most : range.Least + (int)chosen - 1;
    }

    private Span<byte> Limited(Span<byte> buffer, ref DecisionStream stream, (int Least, int Most)? sizes) =>
        buffer[..Limit(Math.Min(buffer.Length, _received.Count), ref stream, sizes)];
}
