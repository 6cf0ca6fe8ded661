using System.Buffers.Binary;
using Twisted.Channels;
using Twisted.Testing;

namespace Twisted.Fuzzing;

/// <summary>
/// What another node says: from the beginning when the first byte is even, after a handshake that was good when it is
/// odd.
/// </summary>
internal sealed class ChannelTarget() : FuzzTarget("channel")
{
    private const int MaxFrame = 4096;

    private static readonly byte[] Secret = "correct horse battery staple"u8.ToArray();

    private readonly MemoryReactor _memory = new(new VirtualClock());

    internal override int Limit => MaxFrame + 4;

    internal override IReadOnlyList<byte[]> Tokens => Words(
        "\0\0\0\u002e\u0001TWCH\u0001\0\0\0\u0002\0\u0010\0\0" + new string('n', 32), "TWCH", "\0\0\0\u0021\u0002",
        "\0\0\0\u0002\u0004\u0003", "\0\0\0\u0007\u0005\u0004chatx", "\0\0\0\u000b\u0006\0\0\0\u0001\u0004chatx",
        "\0\0\0\u0006\u0007\0\0\0\0\0", "\0\0\0\u0001\u0008", "\0\0\0\u0001\u0009", "\0\0\0\0", "\u0004chat");

    internal override void Run(ReadOnlySpan<byte> input, IReadOnlyList<int> sizes, Outcome outcome)
    {
        var node = new Node(_memory.Reactor, new NodeOptions { Id = 1, SharedSecret = Secret, MaxFrame = MaxFrame });
        node.Subscribe("chat", (int from, ReadOnlySpan<byte> message) =>
        {
            outcome.Add("from", BitConverter.GetBytes(from));
            outcome.Add("message", message);
        });
        node.NodeUp += _ => outcome.Add("up", []);
        node.NodeDown += (_, _) => outcome.Add("down", []);
        StringTransport transport = StringTransport.Connect(new ChannelProtocol(node, expected: null));
        if (input.Length > 0 && input[0] % 2 == 1)
            ShakeHands(transport);
        int received = 0;
        foreach (int size in sizes)
        {
            int skip = received == 0 ? 1 : 0; // the first byte was for us
            if (!transport.IsDisconnecting && size > skip)
                transport.Receive(input.Slice(received + skip, size - skip));
            received += size;
        }
        outcome.Add("written", BitConverter.GetBytes(transport.Value().Length)); // chance is in the bytes themselves
        outcome.IsRefused = transport.IsDisconnecting;
        transport.Disconnect();
        if (node.Nodes.Count > 0)
            throw new DefectException("end", "a node is up after its connection has ended");
        if (_memory.Clock.DelayedCalls.Count > 0)
            throw new DefectException("timer", "a deadline outlives the connection");
    }

    private static void ShakeHands(StringTransport transport)
    {
        var peer = new Handshake(new NodeOptions { Id = 2, SharedSecret = Secret }, hasConnected: true);
        transport.Receive(Framed(peer.Ours));
        peer.Heard(transport.Value().AsSpan(4));
        byte[] proof = new byte[1 + Wire.ProofLength];
        proof[0] = (byte)FrameKind.Proof;
        peer.Prove(proof.AsSpan(1));
        transport.Receive(Framed(proof));
    }

    private static byte[] Framed(ReadOnlySpan<byte> frame)
    {
        byte[] framed = new byte[4 + frame.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, frame.Length);
        frame.CopyTo(framed.AsSpan(4));
        return framed;
    }
}
