namespace Twisted.Channels.Tests;

/// <summary>Who comes in: those who know the secret, in time, with a number of their own.</summary>
public class HandshakeTests
{
    private readonly Nodes _nodes = new();

    [Fact]
    public void Who_knows_the_secret_is_welcome()
    {
        Node node = _nodes.Start(1);
        new ScriptedConnector(_nodes).Join();
        Assert.Equal([2], node.Nodes);
        Assert.Empty(_nodes.Logged());
    }

    [Fact]
    public void A_Hello_may_come_in_any_pieces() => EverySplit.Check(new byte[4 + Wire.HelloLength], split =>
    {
        var nodes = new Nodes();
        Node node = nodes.Start(1);
        var peer = new ScriptedConnector(nodes);
        SendIn(peer, peer.Hello, split);
        peer.Peer.Send(peer.Proof());
        Assert.Equal([2], node.Nodes);
    }, pieces: 3);

    [Fact]
    public void A_proof_and_what_follows_it_may_come_in_any_pieces()
    {
        byte[] post = ScriptedConnector.Post("chat", "hello");
        EverySplit.Check(new byte[4 + 1 + Wire.ProofLength + post.Length], split =>
        {
            var nodes = new Nodes();
            Node node = nodes.Start(1);
            var heard = new List<string>();
            node.Subscribe("chat", (int from, ReadOnlySpan<byte> text) =>
                heard.Add($"{from} {Encoding.ASCII.GetString(text)}"));
            var peer = new ScriptedConnector(nodes);
            peer.Peer.Send(peer.Hello);
            SendIn(peer, [.. peer.Proof(), .. post], split);
            Assert.Equal(["2 hello"], heard);
        }, pieces: 3);
    }

    [Fact]
    public void A_wrong_secret_is_refused_in_one_line_and_disturbs_nobody()
    {
        Node node = _nodes.Start(1);
        ScriptedConnector good = new ScriptedConnector(_nodes).Join();
        var bad = new ScriptedConnector(_nodes, id: 3, secret: "wrong horse battery staple"u8.ToArray());
        bad.Peer.Send(bad.Hello);
        bad.Peer.Send(bad.Proof());
        Assert.Equal(HandshakeRefusal.Proof, bad.Refusal());
        Assert.False(bad.Peer.IsConnected);
        Assert.Equal([2], node.Nodes);
        Assert.True(good.Peer.IsConnected);
        Assert.Contains("its secret is wrong", Assert.Single(_nodes.Logged()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_said_on_another_connection_proves_nothing()
    {
        Node node = _nodes.Start(1);
        var first = new ScriptedConnector(_nodes);
        first.Peer.Send(first.Hello);
        byte[] proof = first.Proof();
        first.Peer.Send(proof);
        first.Peer.Close();
        var second = new ScriptedConnector(_nodes);
        second.Peer.Send(first.Hello);
        second.Peer.Send(proof);
        Assert.Equal(HandshakeRefusal.Proof, second.Refusal());
        Assert.Empty(node.Nodes);
    }

    [Fact]
    public void Our_own_proof_sent_back_proves_nothing()
    {
        var impostor = new Impostor();
        _nodes.Memory.Reactor.ListenTcp(Nodes.FirstPort + 1, Factory.For(() => impostor));
        Node node = _nodes.Start(2);
        Assert.Empty(node.Nodes);
        Assert.Contains("does not know our secret", Assert.Single(_nodes.Logged()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stranger_is_told_nothing_that_a_secret_could_be_guessed_with()
    {
        _nodes.Start(1);
        var stranger = new ScriptedConnector(_nodes);
        stranger.Peer.Send(stranger.Hello);
        stranger.Peer.Send(ScriptedConnector.Framed([(byte)FrameKind.Proof, .. new byte[Wire.ProofLength]]));
        Assert.Collection(stranger.Frames(),
            hello => Assert.Equal(Wire.HelloLength, hello.Length),
            refused => Assert.Equal([(byte)FrameKind.Refused, (byte)HandshakeRefusal.Proof], refused));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(49)]
    public void Who_does_not_finish_the_handshake_in_time_is_dropped(int bytes)
    {
        _nodes.Start(1);
        var silent = new ScriptedConnector(_nodes);
        silent.Peer.Send(silent.Hello.AsSpan(0, bytes));
        _nodes.Advance(4.75);
        Assert.True(silent.Peer.IsConnected);
        _nodes.Advance(0.5);
        Assert.False(silent.Peer.IsConnected);
        Assert.Contains("no handshake within", Assert.Single(_nodes.Logged()), StringComparison.Ordinal);
    }

    [Fact]
    public void One_byte_a_second_is_not_in_time()
    {
        _nodes.Start(1);
        var slow = new ScriptedConnector(_nodes);
        foreach (byte one in slow.Hello.Take(8))
        {
            slow.Peer.Send([one]);
            _nodes.Advance(1);
        }
        Assert.False(slow.Peer.IsConnected);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: example.com\r\n\r\n", "announced a frame of 1195725856 bytes")]
    [InlineData("\0\0\0\x41", "announced a frame of 65 bytes, where 64 are the limit")]
    [InlineData("\0\0\0\0", "a frame of no bytes")]
    [InlineData("\0\0\0\x06\x01XWCH\x01", "does not speak the protocol")]
    [InlineData("\0\0\0\x06\x01TWCH\x01", "does not speak the protocol")]
    [InlineData("\0\0\0\x06\x01TWCH\x02", "speaks version 2 of channels, and we 1")]
    public void Who_speaks_something_else_is_refused_with_the_reason(string said, string reason)
    {
        _nodes.Start(1);
        MemoryPeer peer = _nodes.Memory.Connect(Nodes.FirstPort + 1);
        peer.Send(said);
        Assert.False(peer.IsConnected);
        Assert.Contains(reason, Assert.Single(_nodes.Logged()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    [InlineData(-5)]
    public void A_number_that_is_not_above_ours_is_refused(int id)
    {
        _nodes.Start(2, options => options with { Peers = new Dictionary<int, string>() });
        var peer = new ScriptedConnector(_nodes, id, to: 2);
        peer.Peer.Send(peer.Hello);
        Assert.Equal(HandshakeRefusal.Number, peer.Refusal());
    }

    [Fact]
    public void Another_node_than_the_one_that_was_expected_is_not_taken()
    {
        _nodes.Start(1);
        Node node = _nodes.Start(3, options => options with
        {
            Peers = new Dictionary<int, string> { [2] = $"tcp:127.0.0.1:{Nodes.FirstPort + 1}" },
        });
        Assert.Empty(node.Nodes);
        string logged = string.Join('\n', _nodes.Logged());
        Assert.Contains("it is node 1, not node 2", logged, StringComparison.Ordinal);
        Assert.Contains("it does not expect node 1 here", logged, StringComparison.Ordinal);
    }

    [Fact]
    public void A_live_node_keeps_its_number()
    {
        (Node one, Node two) = _nodes.StartTwo();
        EndPointNote before = new(one);
        var second = new ScriptedConnector(_nodes);
        second.Peer.Send(second.Hello);
        second.Peer.Send(second.Proof());
        _nodes.Settle();
        Assert.Equal(HandshakeRefusal.Duplicate, second.Refusal());
        Assert.Equal(before, new EndPointNote(one));
        Assert.Equal([1], two.Nodes);
        Assert.Contains(_nodes.Logged(), line => line.Contains("give each node a number", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dead_node_loses_its_number_to_the_one_that_comes_back()
    {
        Node node = _nodes.Start(1);
        var downs = new List<string>();
        node.NodeDown += (id, reason) => downs.Add($"{id} {reason.Message}");
        ScriptedConnector dead = new ScriptedConnector(_nodes).Join(); // does not answer pings
        var back = new ScriptedConnector(_nodes);
        back.Peer.Send(back.Hello);
        back.Peer.Send(back.Proof());
        var third = new ScriptedConnector(_nodes);
        third.Peer.Send(third.Hello);
        third.Peer.Send(third.Proof());
        Assert.Equal(HandshakeRefusal.Duplicate, third.Refusal()); // while the first is asked
        Assert.False(back.IsWelcome());
        _nodes.Advance(3.25);
        Assert.True(back.IsWelcome());
        Assert.False(dead.Peer.IsConnected);
        Assert.Equal([2], node.Nodes);
        Assert.Equal("2 it has not answered within 00:00:03", Assert.Single(downs));
    }

    [Fact]
    public void A_number_is_free_when_its_connection_ends_while_it_is_asked()
    {
        Node node = _nodes.Start(1);
        ScriptedConnector first = new ScriptedConnector(_nodes).Join();
        var second = new ScriptedConnector(_nodes);
        second.Peer.Send(second.Hello);
        second.Peer.Send(second.Proof());
        first.Peer.Close();
        Assert.True(second.IsWelcome());
        Assert.Equal([2], node.Nodes);
    }

    [Fact]
    public void Who_speaks_before_it_is_welcome_is_refused()
    {
        _nodes.Start(1);
        new ScriptedConnector(_nodes).Join();
        var second = new ScriptedConnector(_nodes);
        second.Peer.Send(second.Hello);
        second.Peer.Send(second.Proof());
        second.Peer.Send(ScriptedConnector.Post("chat", "hello"));
        Assert.False(second.Peer.IsConnected);
    }

    [Theory]
    [InlineData(15)]
    [InlineData(0)]
    public void A_short_secret_is_refused_before_anything_begins(int length) =>
        Assert.Contains($"has {length} bytes", Assert.Throws<ArgumentException>(() => _nodes.Start(
            1, options => options with { SharedSecret = new byte[length] })).Message, StringComparison.Ordinal);

    private static void SendIn(ScriptedConnector peer, byte[] data, IReadOnlyList<byte[]> split)
    {
        int at = 0;
        foreach (byte[] piece in split)
        {
            peer.Peer.Send(data.AsSpan(at, piece.Length));
            at += piece.Length;
        }
    }

    private sealed record EndPointNote(string Peer)
    {
        internal EndPointNote(Node node) : this($"{node.Channels[2].Peer}") { }
    }

    /// <summary>Sends back what it is told, with the kinds and the number that are wanted.</summary>
    private sealed class Impostor : Int32StringReceiver
    {
        protected override void StringReceived(ReadOnlySpan<byte> data)
        {
            byte[] back = data.ToArray();
            if (back[0] == (byte)FrameKind.Hello)
                back[9] = 1;
            else if (back[0] == (byte)FrameKind.Proof)
                back[0] = (byte)FrameKind.Welcome;
            SendString(back);
        }
    }
}
