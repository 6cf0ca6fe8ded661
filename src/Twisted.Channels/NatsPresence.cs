using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Twisted.Channels.Nats;

namespace Twisted.Channels;

/// <summary>Who is there on a <see cref="NatsBus"/>: we, when nobody else has our number, and the others.</summary>
/// <remarks>
/// Each connection to the server is a session of its own: a node that was cut off and is back has lost what was under
/// way, and the others have to hear so. A message is as good a sign of life as a beat, and begins a session as well: so
/// who hears of us can send to us at once.
/// </remarks>
internal sealed class NatsPresence
{
    private readonly NatsBus _bus;
    private readonly Dictionary<int, ulong> _ended = []; // each node's last session that is over for certain
    private ulong _lastSession; // ours before this one: the server may still pass on what it said
    private IDelayedCall? _next;
    private TimeSpan _lastBeat;
    private Deferred? _claim;

    internal NatsPresence(NatsBus bus)
    {
        _bus = bus;
        Subject = $"{bus.Options.Prefix}.nodes";
        bus.Client.Connected += Connected;
        bus.Client.Disconnected += Disconnected;
        bus.Client.Subscribe(ClaimSubject, Claimed);
    }

    /// <summary>Where nodes tell that they are there, and post to all.</summary>
    internal string Subject { get; }

    /// <summary>Ours; another one for each connection.</summary>
    internal ulong Session { get; private set; }

    /// <summary>Whether our number is ours, on this connection.</summary>
    internal bool IsUp { get; private set; }

    private string ClaimSubject => $"{_bus.Options.Prefix}.claim.{_bus.Id.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>Something of a node has come.</summary>
    /// <returns>The node, when it is for us.</returns>
    internal NatsPeer? Heard(NatsFrame frame)
    {
        if (!IsUp || frame.To != 0 && frame.To != Session)
            return null; // for another session of ours, which is over
        if (frame.From == _bus.Id)
        {
            if (frame.Session != _lastSession)
                Contested(frame.Session);
            return null;
        }
        NatsPeer? peer = _bus.Find(frame.From);
        if (peer?.Session != frame.Session)
            peer = Begun(peer, frame);
        if (peer is null)
            return null;
        peer.LastHeard = _bus.Clock.Now;
        if (frame.Kind == NatsFrameKind.Bye)
            End(peer, "it has stopped");
        return peer;
    }

    /// <summary>Tells the others that we go.</summary>
    internal void Leave()
    {
        if (IsUp)
            _bus.Write(Subject, NatsFrameKind.Bye, to: 0);
        Stop(new OperationCanceledException("We have stopped."));
    }

    private NatsPeer? Begun(NatsPeer? older, NatsFrame frame)
    {
        if (frame.Kind == NatsFrameKind.Bye || _ended.GetValueOrDefault(frame.From) == frame.Session)
            return null; // the last words of a session that is over
        if (older is not null)
            End(older, "it has a new connection to the NATS server");
        if (_bus.Nodes.Count >= _bus.Options.MaxNodes)
        {
            ChannelLog.TooManyNodes(_bus.Log, _bus.Id, frame.From, _bus.Options.MaxNodes);
            return null;
        }
        // First, so that it knows us before it gets what our user sends from NodeUp.
        if (frame.To == 0)
            _bus.Write(_bus.SubjectOf(frame.From), NatsFrameKind.Beat, frame.Session);
        _bus.Up(frame.From, frame.Session);
        return _bus.Find(frame.From) is { } peer && peer.Session == frame.Session ? peer : null;
    }

    private void End(NatsPeer peer, string reason)
    {
        if (_ended.Count >= _bus.Options.MaxNodes)
            _ended.Clear(); // bounded; what it forgets is only about words that come late
        _ended[peer.Id] = peer.Session;
        _bus.Down(peer, new ChannelException(reason));
    }

    private void Connected()
    {
        _lastSession = Session;
        do
            Session = BinaryPrimitives.ReadUInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        while (Session == 0);
        Claim();
    }

    /// <summary>Asks whether somebody has our number; without an answer it is ours.</summary>
    private void Claim()
    {
        ulong session = Session;
        byte[] ours = new byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(ours, session);
        Deferred claim = _bus.Client.Request(ClaimSubject, ours, _bus.Options.ClaimTimeout).AddBoth(outcome =>
        {
            if (session != Session || !_bus.Client.IsConnected)
                return;
            if (outcome.Failure is null)
                Refused();
            else if (outcome.Failure is NatsNoRespondersException or TimeoutException)
                Begin();
            else if (outcome.Failure is not OperationCanceledException)
                Again(); // too much waits, say
        });
        _claim = claim;
    }

    private void Refused()
    {
        ChannelLog.NumberTaken(_bus.Log, _bus.Id);
        Again();
    }

    private void Again() => _next = _bus.Clock.CallLater(_bus.Options.BeatInterval, Claim);

    private void Begin()
    {
        IsUp = true;
        Beat();
    }

    /// <summary>Somebody wants our number; when it is ours already, he hears so.</summary>
    private void Claimed(NatsMessage message)
    {
        if (IsUp && message.ReplyTo is { } replyTo)
            _bus.Client.TryPublish(replyTo, []);
    }

    /// <summary>Both have begun at once: the lower session keeps the number, as both know.</summary>
    private void Contested(ulong other)
    {
        if (other >= Session)
        {
            _bus.Write(Subject, NatsFrameKind.Beat, to: 0); // so that he hears of us
            return;
        }
        ChannelLog.NumberTaken(_bus.Log, _bus.Id);
        Stop(new ChannelException($"another node {_bus.Id} has taken our number"));
        Again();
    }

    private void Beat()
    {
        _lastBeat = _bus.Clock.Now;
        _bus.Write(Subject, NatsFrameKind.Beat, to: 0);
        _next = _bus.Clock.CallLater(_bus.Options.BeatInterval, Judge);
    }

    private void Judge()
    {
        TimeSpan now = _bus.Clock.Now;
        // When we have stood still ourselves, the others' beats may be here and only not be read.
        bool hasStoodStill = now - _lastBeat > 1.5 * _bus.Options.BeatInterval;
        foreach (NatsPeer peer in _bus.Peers.ToArray())
        {
            if (hasStoodStill)
                peer.LastHeard = now;
            else if (now - peer.LastHeard > _bus.Options.NodeTimeout)
                _bus.Down(peer, new ChannelException($"nothing was heard of it for {_bus.Options.NodeTimeout}"));
        }
        if (IsUp)
            Beat();
    }

    private void Disconnected(Exception reason) => Stop(reason);

    private void Stop(Exception reason)
    {
        IsUp = false;
        _next?.Cancel();
        _next = null;
        _claim?.Cancel();
        foreach (NatsPeer peer in _bus.Peers.ToArray())
            _bus.Down(peer, reason);
    }
}
