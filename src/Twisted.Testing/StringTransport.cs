using System.Buffers;
using System.Net;
using System.Text;

namespace Twisted.Testing;

/// <summary>A connection without a network: the test is the peer.</summary>
/// <remarks>
/// <para>
/// It keeps the rules of a stream transport. What the test sends while the protocol has paused us is delivered on
/// resume; after LoseConnection, and after the end, nothing is. Writes are accepted until the connection is gone. A
/// push producer is paused above 64 KiB of unread writes; <see cref="Clear"/> reads them, and resumes it.
/// </para>
/// <para>
/// LoseConnection only sets <see cref="IsDisconnecting"/>; the test ends the connection with
/// <see cref="Disconnect"/>, or at once with <see cref="DisconnectsAtOnce"/>. An exception out of the protocol comes
/// out of the call that made it.
/// Twisted: <c>StringTransport</c>, <c>StringTransportWithDisconnection</c>.
/// </para>
/// </remarks>
public sealed class StringTransport : ITransport
{
    private const int ProducerLimit = 65536;

    private readonly IProtocol _protocol;
    private readonly ArrayBufferWriter<byte> _written = new();
    private readonly Queue<byte[]> _incoming = new();
    private IPushProducer? _pushProducer;
    private IPullProducer? _pullProducer;
    private bool _isPushPaused;
    private bool _isDelivering;

    private StringTransport(IProtocol protocol) => _protocol = protocol;

    /// <summary>Connects a protocol to a new transport.</summary>
    /// <param name="protocol">Its ConnectionMade has run when this returns.</param>
    public static StringTransport Connect(IProtocol protocol)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        var transport = new StringTransport(protocol);
        protocol.MakeConnection(transport);
        return transport;
    }

    /// <inheritdoc/>
    public EndPoint Peer { get; init; } = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 54321); // RFC 5737: examples

    /// <inheritdoc/>
    public EndPoint Host { get; init; } = new IPEndPoint(IPAddress.Parse("192.0.2.2"), 1234);

    /// <summary>Whether the connection is up. False from just before the protocol's ConnectionLost.</summary>
    public bool IsConnected { get; private set; } = true;

    /// <summary>Whether LoseConnection or AbortConnection was called.</summary>
    public bool IsDisconnecting { get; private set; }

    /// <summary>Whether AbortConnection was called.</summary>
    public bool IsAborted { get; private set; }

    /// <summary>Whether LoseConnection and AbortConnection end the connection in the same call.</summary>
    public bool DisconnectsAtOnce { get; set; }

    /// <summary>What the protocol has asked for.</summary>
    public ProducerState ProducerState { get; private set; }

    /// <summary>Whether the protocol has paused us.</summary>
    public bool IsPaused => ProducerState == ProducerState.Paused;

    /// <summary>The producer that is registered: an IPushProducer, an IPullProducer, or null.</summary>
    public object? Producer => (object?)_pushProducer ?? _pullProducer;

    /// <summary>What was written since the last <see cref="Clear"/>, decoded from UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(_written.WrittenSpan);

    /// <summary>What was written since the last <see cref="Clear"/>.</summary>
    public byte[] Value() => _written.WrittenSpan.ToArray();

    /// <summary>The peer reads what was written: it is forgotten, and a producer is asked for more.</summary>
    public void Clear()
    {
        _written.Clear();
        _pullProducer?.ResumeProducing();
        if (!_isPushPaused)
            return;
        _isPushPaused = false;
        _pushProducer?.ResumeProducing();
    }

    /// <summary>The peer sends bytes.</summary>
    /// <param name="data">One chunk.</param>
    public void Receive(ReadOnlySpan<byte> data)
    {
        _incoming.Enqueue(data.ToArray());
        Deliver();
    }

    /// <summary>The peer sends text as UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="chunk">How many bytes at a time; all at once when null.</param>
    public void Receive(string text, int? chunk = null)
    {
        byte[] data = Encoding.UTF8.GetBytes(text);
        foreach (byte[] piece in data.Chunk(chunk ?? Math.Max(1, data.Length)))
            Receive(piece);
    }

    /// <summary>The connection ends. Does nothing when it has ended before.</summary>
    /// <param name="reason">Why; a clean end, or the abort, when null.</param>
    public void Disconnect(Exception? reason = null)
    {
        if (!IsConnected)
            return;
        IsConnected = false;
        IPushProducer? push = _pushProducer;
        IPullProducer? pull = _pullProducer;
        UnregisterProducer();
        push?.StopProducing();
        pull?.StopProducing();
        _protocol.ConnectionLost(reason
            ?? (IsAborted ? new ConnectionAbortedException() : new ConnectionDoneException()));
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> data)
    {
        data.CopyTo(GetSpan(data.Length));
        Advance(data.Length);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => _written.GetMemory(sizeHint);

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => _written.GetSpan(sizeHint);

    /// <inheritdoc/>
    public void Advance(int count)
    {
        if (!IsConnected || IsAborted)
            return;
        _written.Advance(count);
        PauseWhenFull();
    }

    /// <inheritdoc/>
    public void LoseConnection()
    {
        IsDisconnecting = true;
        if (DisconnectsAtOnce)
            Disconnect();
    }

    /// <inheritdoc/>
    public void AbortConnection()
    {
        IsAborted |= IsConnected;
        LoseConnection();
    }

    /// <inheritdoc/>
    public void RegisterProducer(IPushProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        EnsureNoProducer();
        if (!IsConnected)
        {
            producer.StopProducing();
            return;
        }
        _pushProducer = producer;
        PauseWhenFull();
    }

    /// <inheritdoc/>
    public void RegisterProducer(IPullProducer producer)
    {
        ArgumentNullException.ThrowIfNull(producer);
        EnsureNoProducer();
        if (!IsConnected)
        {
            producer.StopProducing();
            return;
        }
        _pullProducer = producer;
        producer.ResumeProducing();
    }

    /// <inheritdoc/>
    public void UnregisterProducer()
    {
        _pushProducer = null;
        _pullProducer = null;
        _isPushPaused = false;
    }

    /// <inheritdoc/>
    public void PauseProducing()
    {
        if (ProducerState != ProducerState.Stopped)
            ProducerState = ProducerState.Paused;
    }

    /// <inheritdoc/>
    public void ResumeProducing()
    {
        if (ProducerState == ProducerState.Stopped)
            return;
        ProducerState = ProducerState.Producing;
        Deliver();
    }

    /// <inheritdoc/>
    public void StopProducing()
    {
        ProducerState = ProducerState.Stopped;
        LoseConnection();
    }

    /// <inheritdoc/>
    public T? Get<T>() where T : class => this as T;

    /// <summary>One chunk after the other; a resume from inside the protocol goes on after it has returned.</summary>
    private void Deliver()
    {
        if (_isDelivering)
            return;
        _isDelivering = true;
        try
        {
            while (ProducerState == ProducerState.Producing && IsConnected && !IsDisconnecting
                && _incoming.TryDequeue(out byte[]? chunk))
            {
                _protocol.DataReceived(chunk);
            }
        }
        finally
        {
            _isDelivering = false;
        }
    }

    private void PauseWhenFull()
    {
        if (_pushProducer is null || _isPushPaused || _written.WrittenCount <= ProducerLimit)
            return;
        _isPushPaused = true;
        _pushProducer.PauseProducing();
    }

    private void EnsureNoProducer()
    {
        if (Producer is { } producer)
            throw new InvalidOperationException(
                $"A {producer.GetType().Name} is registered: a consumer has one producer at a time.");
    }
}
