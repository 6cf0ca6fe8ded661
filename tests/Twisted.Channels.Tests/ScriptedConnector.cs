using System.Buffers.Binary;

namespace Twisted.Channels.Tests;

/// <summary>A node that the test plays, frame by frame, against a node that listens.</summary>
internal sealed class ScriptedConnector
{
    private readonly Handshake _handshake;

    internal ScriptedConnector(Nodes nodes, int id = 2, byte[]? secret = null, int to = 1)
    {
        _handshake = new Handshake(
            new NodeOptions { Id = id, SharedSecret = secret ?? Nodes.Secret }, hasConnected: true);
        Peer = nodes.Memory.Connect(Nodes.FirstPort + to);
    }

    internal MemoryPeer Peer { get; }

    internal byte[] Hello => Framed(_handshake.Ours);

    /// <summary>Our proof, when the other's Hello is here.</summary>
    internal byte[] Proof()
    {
        _handshake.Heard(Frames()[0]);
        byte[] proof = new byte[1 + Wire.ProofLength];
        proof[0] = (byte)FrameKind.Proof;
        _handshake.Prove(proof.AsSpan(1));
        return Framed(proof);
    }

    /// <summary>Shakes hands.</summary>
    internal ScriptedConnector Join()
    {
        Peer.Send(Hello);
        Peer.Send(Proof());
        Assert.True(IsWelcome());
        return this;
    }

    internal bool IsWelcome() =>
        Frames() is [_, [(byte)FrameKind.Welcome, .. var proof], ..] && _handshake.IsProof(proof);

    internal HandshakeRefusal? Refusal() =>
        Frames() is [.., [(byte)FrameKind.Refused, var why]] ? (HandshakeRefusal)why : null;

    /// <summary>What has come so far.</summary>
    internal List<byte[]> Frames() => FramesIn([.. Peer.ReceivedBytes]);

    internal static List<byte[]> FramesIn(byte[] bytes)
    {
        var frames = new List<byte[]>();
        for (int at = 0; at + 4 <= bytes.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            if (at + 4 + length > bytes.Length)
                break;
            frames.Add(bytes[(at + 4)..(at + 4 + length)]);
            at += 4 + length;
        }
        return frames;
    }

    internal static byte[] Framed(params byte[] frame)
    {
        byte[] framed = new byte[4 + frame.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, frame.Length);
        frame.CopyTo(framed, 4);
        return framed;
    }

    internal static byte[] Post(string service, string text) =>
        Framed([(byte)FrameKind.Post, (byte)service.Length, .. Encoding.ASCII.GetBytes(service + text)]);

    internal static byte[] Send(byte number, string service, string text) => Framed(
        [(byte)FrameKind.Send, 0, 0, 0, number, (byte)service.Length, .. Encoding.ASCII.GetBytes(service + text)]);
}
