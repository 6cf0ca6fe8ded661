using System.Net;
using System.Text;

namespace Twisted.Testing;

/// <summary>
/// The other side of a connection, played by the test: it sends, reads, stops reading, closes, resets.
/// </summary>
/// <remarks>What it does takes effect at once, without time passing, unless it is called inside a callback.</remarks>
public sealed class MemoryPeer : ISocketEvents
{
    private readonly VirtualClock _clock;
    private readonly ISocketDriver _socket;
    private readonly List<byte> _received = [];
    private readonly Queue<byte[]> _unsent = [];
    private bool _isReading = true;

    private MemoryPeer(VirtualClock clock, ISocketDriver socket)
    {
        _clock = clock;
        _socket = socket;
    }

    internal static MemoryPeer Connect(MemoryLoop loop, VirtualClock clock, int port)
    {
        ISocketDriver socket = loop.Memory.Connect(new IPEndPoint(IPAddress.Loopback, port), null);
        if (!socket.FinishConnecting())
            throw FailureText.Connecting(socket.Failure);
        var peer = new MemoryPeer(clock, socket);
        peer.UpdateInterest();
        clock.RunDueNow();
        return peer;
    }

    /// <summary>Whether the connection is up, as far as this side knows.</summary>
    public bool IsConnected => Reason is null;

    /// <summary>
    /// Why it ended: <see cref="ConnectionDoneException"/> or <see cref="ConnectionLostException"/>; null while it is
    /// up.
    /// </summary>
    public Exception? Reason { get; private set; }

    /// <summary>All bytes received so far, read as UTF-8.</summary>
    public string Received => Encoding.UTF8.GetString([.. _received]);

    /// <summary>All bytes received so far.</summary>
    public IReadOnlyList<byte> ReceivedBytes => _received;

    /// <summary>Whether this side reads. A peer that does not makes the other side's writes wait.</summary>
    public bool IsReading
    {
        get => _isReading;
        set
        {
            _isReading = value;
            UpdateInterest();
            _clock.RunDueNow();
        }
    }

    /// <summary>Forgets what was received, so that the next answer stands alone.</summary>
    public void Clear() => _received.Clear();

    /// <summary>Sends text as UTF-8.</summary>
    /// <param name="text">The text.</param>
    /// <param name="chunk">How many bytes arrive at a time; all at once unless given.</param>
    public void Send(string text, int? chunk = null) => Send(Encoding.UTF8.GetBytes(text), chunk);

    /// <summary>Sends bytes.</summary>
    /// <param name="data">The bytes.</param>
    public void Send(ReadOnlySpan<byte> data) => Send(data.ToArray(), null);

    /// <summary>Says that no more will be sent, and goes on reading.</summary>
    public void ShutdownSend()
    {
        _socket.ShutdownSend();
        _clock.RunDueNow();
    }

    /// <summary>Closes.</summary>
    public void Close() => End(new ConnectionDoneException(), abort: false);

    /// <summary>Resets the connection.</summary>
    public void Reset() => End(new ConnectionAbortedException(), abort: true);

    private void Send(byte[] data, int? chunk)
    {
        if (chunk is not null)
            ArgumentOutOfRangeException.ThrowIfLessThan(chunk.Value, 1, nameof(chunk));
        int step = chunk ?? Math.Max(data.Length, 1);
        for (int start = 0; start < data.Length; start += step)
        {
            _unsent.Enqueue(data[start..Math.Min(start + step, data.Length)]);
            SendWhatFits();
            _clock.RunDueNow();
        }
    }

    private void SendWhatFits()
    {
        while (IsConnected && _unsent.TryPeek(out byte[]? next))
        {
            int count = _socket.Send(next);
            if (count < 0)
                break;
            _unsent.Dequeue();
            if (count < next.Length)
            {
                byte[][] later = [next[count..], .. _unsent];
                _unsent.Clear();
                foreach (byte[] piece in later)
                    _unsent.Enqueue(piece);
                break;
            }
        }
        UpdateInterest();
    }

    private void End(Exception reason, bool abort)
    {
        if (!IsConnected)
            return;
        Reason = reason;
        _socket.SetInterest(this, read: false, write: false);
        _socket.Close(abort);
        _clock.RunDueNow();
    }

    private void UpdateInterest()
    {
        if (IsConnected)
            _socket.SetInterest(this, read: _isReading, write: _unsent.Count > 0);
    }

    void ISocketEvents.OnReadable()
    {
        byte[] buffer = new byte[4096];
        int count = _socket.Receive(buffer);
        if (count > 0)
            _received.AddRange(buffer.AsSpan(0, count));
        else if (count == 0)
            End(new ConnectionDoneException(), abort: false);
        else if (count == ISocketDriver.Failed)
            End(FailureText.Losing(_socket.Failure), abort: false);
    }

    void ISocketEvents.OnWritable() => SendWhatFits();
}
