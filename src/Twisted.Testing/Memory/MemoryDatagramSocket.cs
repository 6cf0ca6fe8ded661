using System.Net;
using System.Net.Sockets;

namespace Twisted.Testing;

/// <summary>A datagram socket of a memory network.</summary>
internal sealed class MemoryDatagramSocket(MemoryDriver driver, IPEndPoint host) : IDatagramDriver, IMemoryReadiness
{
    private const int LongestDatagram = 65_507;

    private readonly Queue<(byte[] Data, IPEndPoint From)> _received = [];
    private Action? _readable;
    private IPEndPoint? _peer;
    private bool _refused;

    public EndPoint Host => host;

    public OsFailure Failure { get; private set; }

    public bool IsQueued { get; set; }

    public bool IsReady => _readable is not null && (_received.Count > 0 || _refused);

    public void SetListener(Action? readable)
    {
        _readable = readable;
        driver.Changed(this);
    }

    public void Raise() => _readable?.Invoke();

    public bool Connect(EndPoint peer)
    {
        _peer = (IPEndPoint)peer;
        return true;
    }

    public int Receive(Span<byte> buffer, out EndPoint? from)
    {
        from = null;
        if (_refused)
        {
            _refused = false;
            Failure = new OsFailure(SocketError.ConnectionRefused, 111, "Connection refused");
            return ISocketDriver.Failed;
        }
        if (!_received.TryDequeue(out (byte[] Data, IPEndPoint From) datagram))
            return ISocketDriver.WouldBlock;
        from = datagram.From;
        int count = Math.Min(buffer.Length, datagram.Data.Length);
        datagram.Data.AsSpan(0, count).CopyTo(buffer);
        return count;
    }

    public int Send(ReadOnlySpan<byte> data, EndPoint? to)
    {
        if (data.Length > LongestDatagram)
        {
            Failure = new OsFailure(SocketError.MessageSize, 90, "Message too long");
            return ISocketDriver.Failed;
        }
        IPEndPoint target = (IPEndPoint?)to ?? _peer!;
        if (driver.FindDatagrams(target.Port) is { } other)
            other.Deliver(data.ToArray(), host);
        else if (_peer is not null)
        {
            _refused = true;
            driver.Changed(this);
        }
        return data.Length;
    }

    public void Close() => driver.Forget(this);

    private void Deliver(byte[] data, IPEndPoint from)
    {
        if (_peer is not null && !_peer.Equals(from))
            return;
        _received.Enqueue((data, from));
        driver.Changed(this);
    }
}
