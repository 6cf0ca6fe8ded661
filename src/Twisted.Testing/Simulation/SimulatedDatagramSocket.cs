using System.Net;
using System.Net.Sockets;

namespace Twisted.Testing;

/// <summary>A datagram socket of a simulated host.</summary>
internal sealed class SimulatedDatagramSocket : IDatagramDriver, IMemoryReadiness
{
    private const int LongestDatagram = 65_507;

    /// <summary>How far behind the others one comes that is overtaken.</summary>
    private static readonly TimeSpan LongestDetour = TimeSpan.FromMilliseconds(100);

    private readonly Queue<(byte[] Data, IPEndPoint From)> _received = [];
    private readonly SimulatedWorld _world;
    private readonly SimulatedDriver _driver;
    private readonly IPEndPoint _host;
    private readonly int _number;
    private DecisionStream _latencies;
    private DecisionStream _losses;
    private DecisionStream _duplications;
    private DecisionStream _detours;
    private Action? _readable;
    private IPEndPoint? _peer;
    private bool _refused;
    private bool _closed;

    internal SimulatedDatagramSocket(SimulatedWorld world, SimulatedDriver driver, int number, IPEndPoint host)
    {
        _world = world;
        _driver = driver;
        _number = number;
        _host = host;
        int owner = driver.Owner.Number;
        _latencies = new DecisionStream(DecisionKind.Latency, owner, number);
        _losses = new DecisionStream(DecisionKind.Loss, owner, number);
        _duplications = new DecisionStream(DecisionKind.Duplication, owner, number);
        _detours = new DecisionStream(DecisionKind.Reordering, owner, number);
    }

    public EndPoint Host => _host;

    public OsFailure Failure { get; private set; }

    public bool IsQueued { get; set; }

    public bool IsReady => _readable is not null && (_received.Count > 0 || _refused);

    public void SetListener(Action? readable)
    {
        _readable = readable;
        _driver.Changed(this);
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
        _world.Trace.Add(_driver.Owner, _number, "receives a datagram", count);
        return count;
    }

    public int Send(ReadOnlySpan<byte> data, EndPoint? to)
    {
        if (data.Length > LongestDatagram)
        {
            Failure = new OsFailure(SocketError.MessageSize, 90, "Message too long");
            return ISocketDriver.Failed;
        }
        _world.Trace.Add(_driver.Owner, _number, "sends a datagram", data.Length);
        IPEndPoint target = (IPEndPoint?)to ?? _peer!;
        SimulatedHost? other = _driver.FindHost(target.Address);
        SimulatedLink link = _world.Link(_driver.Owner, other ?? _driver.Owner);
        link.MaybeCut();
        if (other is null || link.IsCut || _world.Decisions.Happens(ref _losses, link.LossChance))
            return data.Length;
        byte[] bytes = data.ToArray();
        Go(link, bytes, other, target);
        if (_world.Decisions.Happens(ref _duplications, link.DuplicationChance))
            Go(link, bytes, other, target);
        return data.Length;
    }

    private void Go(SimulatedLink link, byte[] bytes, SimulatedHost other, IPEndPoint target)
    {
        TimeSpan due = link.Transmit(_driver.Owner, bytes.Length) + link.Latency(ref _latencies);
        long detour = _world.Decisions.Choose(ref _detours, LongestDetour.Ticks, link.ReorderingChance);
        _world.In(due - _world.Now + TimeSpan.FromTicks(detour), () =>
        {
            if (other.Driver.FindDatagrams(target.Port) is { } socket)
                socket.Deliver(bytes, _host);
            else if (_peer is not null && !_closed)
                Refused();
        });
    }

    public void Close()
    {
        if (_closed)
            return;
        _closed = true;
        _driver.OpenSockets--;
        _driver.Forget(this);
    }

    private void Refused()
    {
        _refused = true;
        _driver.Changed(this);
    }

    private void Deliver(byte[] data, IPEndPoint from)
    {
        if (_peer is not null && !_peer.Equals(from))
            return;
        _received.Enqueue((data, from));
        _driver.Changed(this);
    }
}
