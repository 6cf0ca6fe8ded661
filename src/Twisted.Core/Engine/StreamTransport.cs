using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;

namespace Twisted.Internet;

/// <summary>
/// One connected stream: the rules of reading, writing, half closing, losing and aborting, for every kind of socket.
/// </summary>
/// <remarks>
/// Partials: this file is its life; Reading and Writing are the two directions; Producers is flow control; Counting is
/// for whoever watches. User code is only called from the loop (readiness, flush, queue), never from inside a call of
/// the user's own, except that registering and writing may pause or resume a producer at once, as in Twisted.
/// </remarks>
internal sealed partial class StreamTransport
    : Flushable, ITransport, ITcpTransport, IHalfCloseable, ISendQueue, ISocketEvents
{
    private readonly ReactorBase _reactor;
    private ISocketDriver _socket;  // exchanged when TLS begins
    private readonly IConnectionOwner _owner;
    private IProtocol _protocol = Unconnected.Instance;
    private StreamFlags _state;

    [Flags]
    private enum StreamFlags
    {
        None = 0,
        Disconnecting = 1,      // LoseConnection: close when all is sent
        Ending = 2,             // the end is queued: nothing is read, written or said any more
        Lost = 4,               // the protocol has heard of the end
        ReadPaused = 8,
        ReadClosed = 16,        // the peer has finished and our protocol knows half close
        WriteClosing = 32,      // LoseWriteConnection: shut down when all is sent
        WriteClosed = 64,
        AwaitsWritable = 128,   // the socket took less than all: it tells when it takes more
        FlushQueued = 256,      // in the reactor's queue: for what was written, for the interest, or for both
        Started = 512,          // reading may begin
        ProducerPaused = 1024,
        SendWanted = 2048,
        InterestStale = 4096,   // the poller does not know yet what we want to hear of
        PassesDescriptors = 8192, // over a socket that carries them
        OverLayer = 16384,      // its socket is TLS, say: its bytes are not those of the wire
        Traced = 32768,         // it has a span
        CountsApart = OverLayer | Traced,
        Unheard = Disconnecting | Ending | Lost,
        ReadsNothing = ReadPaused | ReadClosed | Disconnecting | Ending | Lost,
        DropsWrites = WriteClosing | WriteClosed | Ending | Lost,
    }

    /// <param name="reactor">Whose it is.</param>
    /// <param name="socket">What it reads and writes.</param>
    /// <param name="owner">Who hears of its end.</param>
    /// <param name="overLayer">Whether the socket is a layer over another transport's, and not the system's.</param>
    internal StreamTransport(
        ReactorBase reactor, ISocketDriver socket, IConnectionOwner owner, bool overLayer = false)
    {
        _reactor = reactor;
        _socket = socket;
        _owner = owner;
        _out = new WriteBuffer(reactor.Segments);
        if (socket is IDescriptorSocket)
            Add(StreamFlags.PassesDescriptors);
        if (overLayer)
            Add(StreamFlags.OverLayer);
    }

    public long Unsent => _out.Length;

    /// <summary>Where the reactor's <see cref="ConnectionSet"/> keeps it; -1 when it is not in.</summary>
    internal int Place { get; set; } = -1;

    public EndPoint Peer => _socket.Peer;

    public EndPoint Host => _socket.Host;

    public bool IsDisconnecting =>
        HasAny(StreamFlags.Disconnecting | StreamFlags.Ending) && !Has(StreamFlags.Lost);

    public bool NoDelay
    {
        get => _socket.NoDelay;
        set => _socket.NoDelay = value;
    }

    public bool KeepAlive
    {
        get => _socket.KeepAlive;
        set => _socket.KeepAlive = value;
    }

    public T? Get<T>() where T : class
    {
        bool isForTcp = typeof(T) == typeof(ITcpTransport) || typeof(T) == typeof(ITcpKeepAlive);
        if (isForTcp && Peer is not IPEndPoint)
            return null;
        if (typeof(T) == typeof(ISendsFileDescriptors) && !Has(StreamFlags.PassesDescriptors))
            return null;
        return this as T ?? _socket.Get<T>() ?? _reactor as T;
    }

    /// <summary>Gives the connection to its protocol and begins to read.</summary>
    internal void Start(IProtocol protocol)
    {
        if (!ReferenceEquals(_protocol, Unconnected.Instance))
            _reactor.Invariants.Break($"the connection from {Host} to {Peer} is made twice");
        _protocol = protocol;
        _reactor.Connections.Add(this);
        if (ReactorTrace.IsWanted)
            Trace();
        try
        {
            protocol.MakeConnection(this);
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "MakeConnection");
            LoseConnection();
        }
        Add(StreamFlags.Started);
        if (_reactor.HasShutDown)
            EndLater(new ConnectionLostException()); // made by the very last callbacks
        UpdateInterest();
    }

    /// <summary>There is no protocol for this connection: it is closed and its owner told why.</summary>
    internal void Reject(Exception reason) => End(reason);

    public void LoseConnection()
    {
        if (HasAny(StreamFlags.Disconnecting | StreamFlags.Ending | StreamFlags.Lost))
            return;
        Add(StreamFlags.Disconnecting);
        UpdateInterest();
        if (Has(StreamFlags.WriteClosed))
            EndLater(new ConnectionDoneException());
        else
            SendLater();
    }

    public void AbortConnection() => EndLater(new ConnectionAbortedException());

    /// <summary>Ends in the next iteration: the running callback returns before the protocol hears of it.</summary>
    private void EndLater(ConnectionClosedException reason)
    {
        if (HasAny(StreamFlags.Ending | StreamFlags.Lost))
            return;
        Add(StreamFlags.Ending);
        DropUnsent();
        _passing?.Clear();
        UpdateInterest();
        _reactor.CallFromThread(() => End(reason));
    }

    /// <summary>The end: exactly once, last. Only the loop calls this.</summary>
    private void End(Exception reason)
    {
        if (Has(StreamFlags.Lost))
            return;
        Add(StreamFlags.Lost);
        DropUnsent();
        _passing?.Clear();
        _socket.Close(abort: reason is ConnectionAbortedException or WriteBufferExceededException);
        _reactor.Connections.Remove(this);
        if (Has(StreamFlags.Traced))
            EndTrace(reason);
        StopProducer();
        try
        {
            _protocol.ConnectionLost(reason);
        }
        catch (Exception failure)
        {
            _reactor.Report(failure, "ConnectionLost");
        }
        _owner.ConnectionEnded(reason);
        if (_reactor.Connections.Count == 0)
            _reactor.Bytes.Check(_reactor.Invariants);
    }

    /// <summary>The reactor shuts down: whatever is still open is lost.</summary>
    internal void Disconnect() => End(new ConnectionLostException());

    /// <summary>
    /// The poller hears of it when the callback returns: a protocol that pauses and goes on costs no system call.
    /// </summary>
    private void UpdateInterest() => FlushLater(StreamFlags.InterestStale);

    private void ApplyInterest()
    {
        Remove(StreamFlags.InterestStale);
        if (Has(StreamFlags.Lost))
            return;
        bool read = Has(StreamFlags.Started) && !HasAny(StreamFlags.ReadsNothing);
        bool write = Has(StreamFlags.AwaitsWritable) && !Has(StreamFlags.Ending);
        if (!_socket.SetInterest(_reactor.Stalls is null ? this : Watched(), read, write))
            EndLater(FailureText.Losing(_socket.Failure));
    }

    [MethodImpl(MethodImplOptions.NoInlining)] // not in the way of those who do not watch
    private WatchedEvents Watched() => new(_reactor.Stalls!, this, () => _protocol);

    private bool Has(StreamFlags flag) => (_state & flag) == flag;

    private bool HasAny(StreamFlags flags) => (_state & flags) != 0;

    private void Add(StreamFlags flags) => _state |= flags;

    private void Remove(StreamFlags flags) => _state &= ~flags;

    /// <summary>Stands in for the protocol until there is one.</summary>
    private sealed class Unconnected : IProtocol
    {
        internal static readonly Unconnected Instance = new();

        public void MakeConnection(ITransport transport) { }

        public void DataReceived(ReadOnlySpan<byte> data) { }

        public void ConnectionLost(Exception reason) { }
    }
}

/// <summary>Who made a connection and wants to hear of its end: a port or a connector.</summary>
internal interface IConnectionOwner
{
    /// <summary>Where it counts its connections; null where they are none, or somebody else's.</summary>
    ConnectionCounts? Counts { get; }

    /// <summary>The span of the attempt that made the connection; null when nobody traces or none did.</summary>
    Activity? Attempt => null;

    void ConnectionEnded(Exception reason);
}
