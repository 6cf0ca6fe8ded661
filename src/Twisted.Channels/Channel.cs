using System.Net;
using Microsoft.Extensions.Logging;
using Twisted.Channels.Flow;

namespace Twisted.Channels;

/// <summary>The way to one node that is up.</summary>
/// <remarks>
/// Reactor thread only. It lives as long as its connection: after <see cref="IChannelBus.NodeDown"/> it takes nothing,
/// and the node has another one when it is back.
/// </remarks>
public sealed class Channel
{
    private readonly Node _node;
    private readonly ChannelProtocol _protocol;
    private readonly ITransport _transport;
    private readonly WriteGate _gate;
    private readonly Unacknowledged _unacknowledged;
    private readonly Intake _intake;
    private readonly int _maxFrame;
    private Exception? _reason; // why it is down, or about to be
    private bool _isDraining;

    internal Channel(Node node, ChannelProtocol protocol, int id, int maxFrame)
    {
        NodeOptions options = node.Options;
        _node = node;
        _protocol = protocol;
        _transport = protocol.Transport;
        _gate = new WriteGate(_transport, options.HighWaterMark);
        _unacknowledged = new Unacknowledged(node.Clock, options.AcknowledgeTimeout, options.MaxUnacknowledged);
        _intake = new Intake(options.HighWaterMark);
        _maxFrame = maxFrame;
        NodeId = id;
        Peer = _transport.Peer;
    }

    /// <summary>The other node's number.</summary>
    public int NodeId { get; }

    /// <summary>Its address.</summary>
    public EndPoint Peer { get; }

    /// <summary>Whether a message is taken now: the node is up and does not have too much to read.</summary>
    public bool IsReady => _reason is null && !_isDraining && _gate.IsOpen;

    internal ChannelProtocol Protocol => _protocol;

    /// <inheritdoc cref="IChannelBus.Send"/>
    public Deferred Send(string service, ReadOnlySpan<byte> payload)
    {
        EnsureFits(service, Wire.SendHead, payload.Length);
        if (_reason is not null || _isDraining)
            return Deferred.Fail(Down(mayHaveArrived: false));
        if (!_gate.IsOpen || !_unacknowledged.HasRoom)
            return Deferred.Fail(new NodeBusyException(NodeId));
        Deferred answered = _unacknowledged.Add(out uint number);
        Wire.WriteSend(_transport, number, service, payload);
        _gate.Wrote(Wire.SendHead + service.Length + payload.Length);
        return answered;
    }

    /// <inheritdoc cref="IChannelBus.TryPost"/>
    public bool TryPost(string service, ReadOnlySpan<byte> payload)
    {
        EnsureFits(service, Wire.PostHead, payload.Length);
        if (!IsReady)
            return false;
        Wire.WritePost(_transport, service, payload);
        _gate.Wrote(Wire.PostHead + service.Length + payload.Length);
        return true;
    }

    /// <inheritdoc cref="IChannelBus.WhenReady"/>
    public Deferred WhenReady() =>
        _reason is null && !_isDraining ? _gate.WhenReady() : Deferred.Fail(Down(mayHaveArrived: false));

    /// <summary>Node 3 at 127.0.0.1:9101, say; for the log.</summary>
    public override string ToString() => $"node {NodeId} at {Wire.Describe(Peer)}";

    internal void Begin() => _gate.Begin();

    /// <summary>A message of the other node has come; with a number when it wants an answer.</summary>
    internal void Received(uint? number, ReadOnlySpan<byte> service, ReadOnlySpan<byte> payload)
    {
        Subscriptions subscriptions = _node.Subscriptions;
        MessageAnswer? answer = subscriptions.Deliver(
            subscriptions.Find(service), NodeId, payload, _intake, out Deferred<MessageAnswer>? later);
        if (answer is { } known)
            Answer(number, known);
        else
            AnswerLater(number, later!);
    }

    /// <summary>The other node has answered.</summary>
    /// <returns>False when it answers what we have not sent.</returns>
    internal bool Answered(uint number, MessageAnswer answer)
    {
        if (answer > MessageAnswer.Busy || !_unacknowledged.TryTake(number, out Deferred? answered))
            return false;
        answer.Tell(answered, NodeId);
        LoseIfDrained();
        return true;
    }

    /// <summary>Takes no more, waits for the answers that are missing, and closes.</summary>
    internal void Drain()
    {
        if (_isDraining)
            return;
        _isDraining = true;
        _gate.Fail(() => Down(mayHaveArrived: false));
        LoseIfDrained();
    }

    /// <summary>The connection is gone, or given up.</summary>
    internal void End(Exception reason)
    {
        if (_reason is not null)
            return;
        _reason = reason;
        _gate.Fail(() => Down(mayHaveArrived: false));
        _unacknowledged.Fail(() => Down(mayHaveArrived: true));
    }

    private void LoseIfDrained()
    {
        if (!_isDraining || _unacknowledged.Count > 0)
            return;
        _gate.End();
        _transport.LoseConnection();
    }

    private void AnswerLater(uint? number, Deferred<MessageAnswer> later) =>
        later.AddCallback(answer => Answer(number, answer)).Forget();

    private void Answer(uint? number, MessageAnswer answer)
    {
        if (number is { } sent)
        {
            if (_reason is null)
                Wire.WriteAnswer(_transport, sent, answer);
        }
        else if (answer is not MessageAnswer.Taken)
            _node.Dropped(NodeId, answer);
    }

    private void EnsureFits(string service, int head, int length)
    {
        Wire.EnsureName(service);
        Wire.EnsureFits(NodeId, head + service.Length, length, _maxFrame);
    }

    private NodeDownException Down(bool mayHaveArrived) => new(NodeId, mayHaveArrived, _reason);
}
