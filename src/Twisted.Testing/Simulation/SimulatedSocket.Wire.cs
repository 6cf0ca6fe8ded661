using System.Net;
using System.Net.Sockets;

namespace Twisted.Testing;

// What travels between the two ends: the handshake, the bytes in their order, the end, a reset.
internal sealed partial class SimulatedSocket
{
    private static readonly OsFailure ResetByPeer = new(SocketError.ConnectionReset, 104, "Connection reset by peer");
    private static readonly OsFailure RefusedByPeer = new(SocketError.ConnectionRefused, 111, "Connection refused");
    private static readonly OsFailure TookTooLong = new(SocketError.TimedOut, 110, "Connection timed out");

    /// <summary>After how long TCP asks again for a connection; twice as long each time.</summary>
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private DecisionStream _latencies;
    private DecisionStream _resets;
    private DecisionStream _halfOpens;
    private SimulatedSocket? _other;
    private OsFailure? _breaking;
    private TimeSpan _lastArrival;   // of what we sent: the next arrives no sooner
    private bool _hasDescriptor;
    private bool _hasReset;          // one end, or the network
    private bool _isForgotten;       // by the other end, which has told nobody

    private bool IsConnecting { get; set; }

    /// <summary>Asks for a connection; a host that is not there does not answer.</summary>
    internal void Connect(SimulatedDriver? server)
    {
        IsConnecting = true;
        TakeDescriptor();
        _world.Trace.Add(_driver.Owner, _number, "connects", ((IPEndPoint)Peer).Port);
        if (server is not null)
            Ask(server, FirstRetry);
    }

    private void Ask(SimulatedDriver server, TimeSpan retry) => After(0, () =>
    {
        if (_closed)
            return;
        SimulatedListener? listener = server.FindListener(((IPEndPoint)Peer).Port);
        if (listener is null)
            After(0, () => Answer(RefusedByPeer));
        else if (listener.HasRoom)
            Meet(server, listener);
        else
            _world.In(retry, () => Ask(server, retry * 2));
    });

    private void Meet(SimulatedDriver server, SimulatedListener listener)
    {
        var met = new SimulatedSocket(_world, server, _link, server.NextSocket(), Peer, Host) { _other = this };
        _other = met;
        met.Travel(0, client => client.Answer(null));
        listener.Offer(met);
    }

    private void Answer(OsFailure? failure)
    {
        if (_closed)
            return;
        IsConnecting = false;
        _breaking = failure;
        _world.Trace.Add(_driver.Owner, _number, failure is null ? "is connected" : "is refused");
        Changed();
    }

    /// <summary>The listening side has taken it.</summary>
    internal void Accepted()
    {
        TakeDescriptor();
        _world.Trace.Add(_driver.Owner, _number, "is accepted");
    }

    /// <summary>Nobody will take it: the other end is reset.</summary>
    internal void Vanish()
    {
        Release();
        Travel(0, other => other.Break(ResetByPeer));
    }

    private void TakeDescriptor()
    {
        _hasDescriptor = true;
        _driver.OpenSockets++;
    }

    /// <summary>Something goes to the other end, behind all that went there before.</summary>
    private void Travel(int bytes, Action<SimulatedSocket> arrives) => After(bytes, () =>
    {
        if (_other is not { } other)
            return;
        if (_isForgotten)
        {
            Answered();
            return;
        }
        if (bytes > 0)
            MaybeFail();
        if (!_isForgotten && !IsBroken)
            arrives(other);
        else if (!_isForgotten && other is { _closed: false, IsBroken: false })
            arrives(other); // sent before the reset that we have heard of
    });

    /// <summary>Runs when a piece sent now has arrived.</summary>
    private void After(int bytes, Action arrives)
    {
        TimeSpan due = _link.Transmit(_driver.Owner, bytes) + _link.Latency(ref _latencies);
        if (due < _lastArrival)
            due = _lastArrival;
        _lastArrival = due;
        Arrive(due - _world.Now, arrives);
    }

    private void Arrive(TimeSpan delay, Action arrives)
    {
        _world.In(delay, () =>
        {
            if (_link.Arrives(arrives))
                arrives();
        });
    }

    /// <summary>Asks chance whether the connection ends here.</summary>
    private void MaybeFail()
    {
        if (_world.Decisions.Happens(ref _resets, _link.ResetChance))
        {
            _world.Trace.Add(_driver.Owner, _number, "is reset on the way");
            _other!.Break(ResetByPeer);
            Break(ResetByPeer);
        }
        else if (_world.Decisions.Happens(ref _halfOpens, _link.HalfOpenChance))
        {
            _world.Trace.Add(_driver.Owner, _number, "is forgotten by its peer");
            Forgotten();
            _other!.Forgotten();
        }
    }

    /// <summary>Nothing arrives any more. Who sends is told in time, who asks for probes, too.</summary>
    private void Forgotten()
    {
        _isForgotten = true;
        if (KeepAlive)
            _world.In(Idle + Interval * Count, () => Break(TookTooLong));
    }

    /// <summary>What was sent to an end that does not know the connection any more is answered by a reset.</summary>
    private void Answered()
    {
        if (!_world.Decisions.HasFaults)
            Break(ResetByPeer);
        else if (UserTimeout > TimeSpan.Zero)
            _world.In(UserTimeout, () => Break(TookTooLong));
    }

    private void Take(byte[] bytes)
    {
        if (_closed)
        {
            // A real peer that has closed answers data with a reset.
            _hasReset = true;
            Travel(0, other => other.Break(ResetByPeer));
            return;
        }
        if (IsBroken)
            return;
        _received.Add(bytes);
        Changed();
    }

    private void End()
    {
        if (_closed || IsBroken)
            return;
        _ended = true;
        Changed();
    }

    private void Break(OsFailure failure)
    {
        if (_closed || IsBroken)
            return;
        _breaking = failure;
        _hasReset = true;
        _received.Clear();
        IsConnecting = false;
        Changed();
    }

    private void HasBeenRead(int count)
    {
        _unread -= count;
        Changed();
    }
}
