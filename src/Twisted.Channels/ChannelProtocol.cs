using System.Buffers.Binary;
using Twisted.Channels.Flow;

namespace Twisted.Channels;

/// <summary>One connection between two nodes: the handshake, then the frames of a <see cref="Channel"/>.</summary>
/// <param name="node">Ours.</param>
/// <param name="expected">Whom we have connected to; null for who has connected to us.</param>
internal sealed class ChannelProtocol(Node node, int? expected) : Int32StringReceiver, IDrainable
{
    private readonly Handshake _handshake = new(node.Options, expected is not null);
    private StringState? _state;      // what the next frame means; null when nothing is wanted any more
    private IDelayedCall? _deadline;  // of the handshake, until it is over or the connection gone
    private Heartbeat? _heartbeat;
    private Channel? _channel;
    private ChannelException? _failure;

    /// <summary>
    /// Fires when the node we have connected to is up; fails, once the connection is gone, with the reason.
    /// </summary>
    internal Deferred Verified { get; } = new(static _ => { });

    /// <summary>Whether somebody waits to hear if the node is still there.</summary>
    internal bool IsAsked => _heartbeat!.IsAsked;

    protected override int MaxLength => _channel is null ? Wire.HandshakeLimit : node.Options.MaxFrame;

    protected override void ConnectionMade()
    {
        _deadline = node.Clock.CallLater(node.Options.HandshakeTimeout, static protocol => protocol.TooLate(), this);
        _state = Hello;
        if (expected is not null)
            SendString(_handshake.Ours);
        else if (node.IsStopping)
            Refuse(HandshakeRefusal.Stopping, "we are about to stop");
    }

    protected override void DataReceived(ReadOnlySpan<byte> data)
    {
        _heartbeat?.Heard(); // the bytes of a long frame, too, are a sign of life
        base.DataReceived(data);
    }

    protected override void StringReceived(ReadOnlySpan<byte> data)
    {
        if (_state is null)
            return; // the connection is about to end
        if (data.IsEmpty)
        {
            Fail("it sent a frame of no bytes");
            return;
        }
        _state = _state(data);
    }

    protected override void LengthLimitExceeded(long length) =>
        Fail($"it announced a frame of {length} bytes, where {MaxLength} are the limit");

    protected override void ConnectionLost(Exception reason)
    {
        base.ConnectionLost(reason);
        _state = null;
        _deadline?.Cancel();
        if (_channel is not null)
        {
            node.Down(_channel, _failure ?? reason);
            _heartbeat!.Stop(); // last: who waits for its answer finds the node's number free
        }
        else if (expected is not null)
        {
            if (!Verified.IsFired)
                Verified.Errback(_failure ?? Ended(reason));
        }
        else if (_failure is not null)
            ChannelLog.Refused(node.Log, node.Id, Wire.Describe(Transport.Peer), _failure.Message);
        else
            ChannelLog.EndedEarly(node.Log, node.Id, Wire.Describe(Transport.Peer), reason.Message);
    }

    void IDrainable.Drain()
    {
        if (_channel is not null)
            _channel.Drain();
        else
            Transport.LoseConnection();
    }

    /// <summary>Asks the node whether it is there.</summary>
    internal Deferred<bool> Ask() => _heartbeat!.Ask();

    /// <summary>Gives the connection up: nothing comes from it any more, and it is no longer the node's.</summary>
    internal void GiveUp(string reason)
    {
        _failure ??= new ChannelException(reason);
        _state = null;
        Transport.AbortConnection();
        node.Down(_channel!, _failure);
    }

    /// <summary>The number of who has connected to us is its own: the channel begins.</summary>
    internal void Admit()
    {
        Span<byte> welcome = stackalloc byte[1 + Wire.ProofLength];
        welcome[0] = (byte)FrameKind.Welcome;
        _handshake.Prove(welcome[1..]);
        SendString(welcome);
        _state = Open();
    }

    /// <summary>Tells the other side why, and closes.</summary>
    internal void Refuse(HandshakeRefusal refusal, string reason)
    {
        _failure ??= new ChannelException(reason);
        _state = null;
        SendString([(byte)FrameKind.Refused, (byte)refusal]);
        Transport.LoseConnection();
    }

    private StringState? Hello(ReadOnlySpan<byte> frame)
    {
        if (IsRefused(frame))
            return null;
        if (!Wire.IsHello(frame, out byte version))
            return Fail("it does not speak the protocol of channels");
        if (version != Wire.Version)
            return Refused(HandshakeRefusal.Version, $"it speaks version {version} of channels, and we {Wire.Version}");
        _handshake.Heard(frame);
        int id = _handshake.Id;
        if (_handshake.MaxFrame < Wire.HandshakeLimit)
            return Fail($"it reads no frames longer than {_handshake.MaxFrame} bytes");
        if (expected is { } wanted)
            return id == wanted ? Prove() : Refused(HandshakeRefusal.Number, $"it is node {id}, not node {wanted}");
        if (id <= node.Id)
            return Refused(HandshakeRefusal.Number, $"it is node {id}: nodes connect to lower numbers than their own");
        SendString(_handshake.Ours);
        return Proof;
    }

    /// <summary>Who has connected proves first: a stranger learns nothing that helps to guess the secret.</summary>
    private StringState Prove()
    {
        Span<byte> proof = stackalloc byte[1 + Wire.ProofLength];
        proof[0] = (byte)FrameKind.Proof;
        _handshake.Prove(proof[1..]);
        SendString(proof);
        return Welcome;
    }

    private StringState? Proof(ReadOnlySpan<byte> frame)
    {
        if (IsRefused(frame))
            return null;
        if (frame[0] != (byte)FrameKind.Proof || !_handshake.IsProof(frame[1..]))
            return Refused(HandshakeRefusal.Proof, $"it says it is node {_handshake.Id}, and its secret is wrong");
        _state = TooEarly;
        node.Claim(this, _handshake.Id); // may admit or refuse at once
        return _state;
    }

    /// <summary>It waits to hear whether it may have its number, and has nothing to say.</summary>
    private StringState? TooEarly(ReadOnlySpan<byte> frame) => Fail("it sent a message before it was welcome");

    private StringState? Welcome(ReadOnlySpan<byte> frame)
    {
        if (IsRefused(frame))
            return null;
        if (frame[0] != (byte)FrameKind.Welcome || !_handshake.IsProof(frame[1..]))
            return Refused(HandshakeRefusal.Proof, $"what answers as node {_handshake.Id} does not know our secret");
        StringState? open = Open();
        Verified.Callback();
        return open;
    }

    private StringState? Open()
    {
        _deadline?.Cancel();
        NodeOptions options = node.Options;
        _channel = new Channel(node, this, _handshake.Id, _handshake.MaxFrame);
        _heartbeat = new Heartbeat(node.Clock, options.PingInterval, options.PingTimeout, Ping, Silent);
        _heartbeat.Start();
        _channel.Begin();
        _state = Frame;
        node.Up(_channel); // user code: it may send, and may end us
        return _state;
    }

    private StringState? Frame(ReadOnlySpan<byte> frame)
    {
        ReadOnlySpan<byte> rest = frame[1..];
        bool isGood = (FrameKind)frame[0] switch
        {
            FrameKind.Post => Message(null, rest),
            FrameKind.Send => rest.Length > 4 && Message(BinaryPrimitives.ReadUInt32BigEndian(rest), rest[4..]),
            FrameKind.Answer => rest.Length == 5
                && _channel!.Answered(BinaryPrimitives.ReadUInt32BigEndian(rest), (MessageAnswer)rest[4]),
            FrameKind.Ping => Pong(rest),
            FrameKind.Pong => Heard(rest),
            _ => false,
        };
        return isGood ? _state : Fail($"it sent a frame that makes no sense, of kind {frame[0]}");
    }

    private bool Message(uint? number, ReadOnlySpan<byte> message)
    {
        if (!Wire.TryCut(message, out ReadOnlySpan<byte> service, out ReadOnlySpan<byte> payload))
            return false;
        _channel!.Received(number, service, payload);
        return true;
    }

    private bool Pong(ReadOnlySpan<byte> rest)
    {
        SendString([(byte)FrameKind.Pong]);
        return rest.IsEmpty;
    }

    private bool Heard(ReadOnlySpan<byte> rest)
    {
        _heartbeat!.Answered();
        return rest.IsEmpty;
    }

    private void Ping() => SendString([(byte)FrameKind.Ping]);

    private void Silent() => GiveUp($"it has not answered within {node.Options.PingTimeout}");

    private void TooLate()
    {
        _failure ??= new ChannelException($"there was no handshake within {node.Options.HandshakeTimeout}");
        _state = null;
        Transport.AbortConnection();
    }

    private bool IsRefused(ReadOnlySpan<byte> frame)
    {
        if (frame[0] != (byte)FrameKind.Refused || frame.Length != 2)
            return false;
        Fail((HandshakeRefusal)frame[1] switch
        {
            HandshakeRefusal.Version => $"it does not speak version {Wire.Version} of channels",
            HandshakeRefusal.Number => $"it does not expect node {node.Id} here; look at the tables of peers",
            HandshakeRefusal.Proof => "it refused us: our secret is not its own",
            HandshakeRefusal.Duplicate => $"it refused us: another node {node.Id} is connected to it",
            HandshakeRefusal.Stopping => "it is about to stop",
            _ => "it refused us",
        });
        return true;
    }

    private StringState? Refused(HandshakeRefusal refusal, string reason)
    {
        Refuse(refusal, reason);
        return null;
    }

    /// <summary>The other side makes no sense: nothing more is read or said.</summary>
    private StringState? Fail(string reason)
    {
        _failure ??= new ChannelException(reason);
        _state = null;
        if (_channel is not null)
            GiveUp(reason);
        else
            Transport.LoseConnection();
        return null;
    }

    private static ChannelException Ended(Exception reason) =>
        new($"the connection ended before the handshake was over: {reason.Message}");
}
