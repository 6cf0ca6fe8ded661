using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Twisted.Channels.Nats;

namespace Twisted.Channels;

/// <summary>Its messages: how they are written, and what becomes of those that come.</summary>
public sealed partial class NatsBus
{
    private void Received(NatsMessage message)
    {
        if (!NatsFrame.TryRead(message.Payload, out NatsFrame frame, out ReadOnlySpan<byte> rest))
            ChannelLog.Foreign(Log, Id, message.Payload.Length);
        else if (_presence.Heard(frame) is { } peer && !TryTake(peer, frame, rest))
            ChannelLog.Foreign(Log, Id, message.Payload.Length);
    }

    private bool TryTake(NatsPeer peer, NatsFrame frame, ReadOnlySpan<byte> rest)
    {
        switch (frame.Kind)
        {
            case NatsFrameKind.Beat or NatsFrameKind.Bye:
                return true;
            case NatsFrameKind.Post:
                return TryDeliver(peer, null, rest);
            case NatsFrameKind.Send when rest.Length > 4:
                return TryDeliver(peer, BinaryPrimitives.ReadUInt32BigEndian(rest), rest[4..]);
            case NatsFrameKind.Answer when rest.Length == 5:
                bool isKnown = peer.Answered(BinaryPrimitives.ReadUInt32BigEndian(rest), (MessageAnswer)rest[4]);
                DrainedIfAnswered();
                return isKnown;
            default:
                return false;
        }
    }

    private bool TryDeliver(NatsPeer peer, uint? number, ReadOnlySpan<byte> message)
    {
        if (!Wire.TryCut(message, out ReadOnlySpan<byte> service, out ReadOnlySpan<byte> payload))
            return false;
        MessageAnswer? answer = _subscriptions.Deliver(
            _subscriptions.Find(service), peer.Id, payload, peer.Intake, out Deferred<MessageAnswer>? later);
        if (answer is { } known)
            Answer(peer, number, known);
        else
            later!.AddCallback(taken => Answer(peer, number, taken)).Forget();
        return true;
    }

    private void Answer(NatsPeer peer, uint? number, MessageAnswer answer)
    {
        if (number is { } sent)
        {
            Span<byte> head = stackalloc byte[NatsFrame.Length + 4 + 1];
            int at = new NatsFrame(NatsFrameKind.Answer, Id, _presence.Session, peer.Session).Write(head);
            BinaryPrimitives.WriteUInt32BigEndian(head[at..], sent);
            head[^1] = (byte)answer;
            Client.Answer(peer.Subject, head);
        }
        else if (answer is not MessageAnswer.Taken)
            Dropped(peer.Id, answer);
    }

    private bool Write(
        string subject, NatsFrameKind kind, ulong to, uint? number, string service, ReadOnlySpan<byte> payload)
    {
        Span<byte> head = stackalloc byte[NatsFrame.LongestHead];
        int at = new NatsFrame(kind, Id, _presence.Session, to).Write(head);
        if (number is { } sent)
        {
            BinaryPrimitives.WriteUInt32BigEndian(head[at..], sent);
            at += 4;
        }
        head[at++] = (byte)service.Length;
        at += Encoding.ASCII.GetBytes(service, head[at..]);
        return Client.TryPublish(subject, head[..at], payload);
    }

    private bool TryFind(int node, [NotNullWhen(true)] out NatsPeer? peer)
    {
        peer = null;
        return !IsStopping && _peers.TryGetValue(node, out peer);
    }

    private void EnsureFits(int node, string service, int length)
    {
        Wire.EnsureName(service);
        if (Client.Server is { } server)
            Wire.EnsureFits(node, NatsFrame.Length + 4 + 1 + service.Length, length, server.MaxPayload);
    }

    private void Dropped(int from, MessageAnswer answer)
    {
        DroppedPosts++;
        ChannelLog.Dropped(Log, Id, from, answer);
    }

    private void DrainedIfAnswered()
    {
        if (IsStopping && _peers.Values.All(peer => peer.Waiting == 0))
            Drained();
    }

    private void Drained()
    {
        if (_drained is { IsFired: false } drained)
            drained.Callback();
    }
}
