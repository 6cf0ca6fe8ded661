namespace Twisted.Channels.Tests;

/// <summary>What becomes of messages.</summary>
public class ChannelTests
{
    private readonly Nodes _nodes = new();
    private readonly List<string> _heard = [];

    [Fact]
    public void What_was_not_answered_when_a_node_went_down_may_have_arrived()
    {
        Node one = _nodes.Start(1);
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        var order = new List<string>();
        one.NodeDown += (_, _) => order.Add("down");
        Deferred sent = one.Send(2, "chat", "hello"u8).AddErrback<NodeDownException>(failure =>
        {
            order.Add($"failed {failure.MayHaveArrived}");
            throw failure;
        });
        two.Peer.Reset();
        Assert.True(sent.FailureResult<NodeDownException>().MayHaveArrived);
        Assert.Equal(["failed True", "down"], order);
        Assert.Empty(one.Nodes);
    }

    [Fact]
    public void A_node_that_does_not_read_makes_its_senders_wait_in_bounded_memory()
    {
        Node one = _nodes.Start(1, options => options with { HighWaterMark = 100_000 });
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        two.Peer.IsReading = false;
        byte[] kilobyte = new byte[1000];
        int taken = 0;
        for (int round = 0; round < 100; round++) // the network itself takes some
        {
            while (one.TryPost(2, "chat", kilobyte))
                Assert.True(++taken < 10_000);
            _nodes.Settle();
        }
        one.Send(2, "chat", kilobyte).FailureResult<NodeBusyException>();
        Assert.Equal(0, one.PostToAll("chat", kilobyte));
        Assert.False(one.Channels[2].IsReady);
        Deferred ready = one.WhenReady(2);
        _nodes.Settle();
        ready.AssertNoResult();
        two.Peer.IsReading = true;
        _nodes.Settle();
        ready.SuccessResult();
        Assert.True(one.TryPost(2, "chat", kilobyte));
        Assert.InRange(taken, 160, 1000); // 64 KiB, 100,000 bytes, and what the network holds
        _nodes.Settle();
        Assert.Equal(taken + 1, two.Frames().Count(frame => frame[0] == (byte)FrameKind.Post));
    }

    [Fact]
    public void A_node_that_goes_down_ends_the_wait_for_it()
    {
        Node one = _nodes.Start(1, options => options with { HighWaterMark = 1 });
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        two.Peer.IsReading = false;
        for (int round = 0; round < 100; round++)
        {
            while (one.TryPost(2, "chat", new byte[1000])) { }
            _nodes.Settle();
        }
        Deferred ready = one.WhenReady(2);
        two.Peer.Reset();
        ready.FailureResult<NodeDownException>();
    }

    [Fact]
    public void A_node_that_is_silent_and_does_not_answer_is_down()
    {
        Node one = _nodes.Start(1);
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        _nodes.Advance(12.75);
        Assert.Equal([2], one.Nodes);
        _nodes.Advance(0.5);
        Assert.Empty(one.Nodes);
        Assert.False(two.Peer.IsConnected);
    }

    [Fact]
    public void A_message_longer_than_the_other_node_reads_is_refused_here()
    {
        (Node one, Node two) = _nodes.StartTwo(options =>
            options with { MaxFrame = options.Id == 1 ? 1000 : 2000 });
        Listen(one);
        Assert.Contains("1001 bytes is too long", Assert.Throws<ArgumentException>(
            () => two.Send(1, "chat", new byte[1001]).Forget()).Message, StringComparison.Ordinal);
        Deferred fits = two.Send(1, "chat", new byte[1000 - Wire.SendHead - 4]);
        Deferred other = one.Send(2, "chat", new byte[1500]);
        _nodes.Settle();
        fits.SuccessResult();
        other.FailureResult<MessageRefusedException>();
    }

    [Fact]
    public void A_frame_over_the_limit_ends_the_connection_in_one_line()
    {
        Node one = _nodes.Start(1, options => options with { MaxFrame = 1000 });
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        ScriptedConnector three = new ScriptedConnector(_nodes, id: 3).Join();
        long before = GC.GetAllocatedBytesForCurrentThread();
        two.Peer.Send([0x7F, 0xFF, 0xFF, 0xFF]);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 65_536);
        Assert.False(two.Peer.IsConnected);
        Assert.True(three.Peer.IsConnected);
        Assert.Equal([3], one.Nodes);
        Assert.Contains("where 1000 are the limit", Assert.Single(_nodes.Logged()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\x05")]
    [InlineData("\x05\0")]
    [InlineData("\x05\x05chat")]
    [InlineData("\x06\0\0")]
    [InlineData("\x06\0\0\0\x01\x05ch")]
    [InlineData("\x07\0\0\0\x01\0")]
    [InlineData("\x07\0")]
    [InlineData("\x08x")]
    [InlineData("\x0Ax")]
    public void A_frame_that_makes_no_sense_ends_the_connection(string frame)
    {
        _nodes.Start(1);
        ScriptedConnector two = new ScriptedConnector(_nodes).Join();
        two.Peer.Send(ScriptedConnector.Framed(Encoding.ASCII.GetBytes(frame)));
        Assert.False(two.Peer.IsConnected);
        Assert.Contains("makes no sense", Assert.Single(_nodes.Logged()), StringComparison.Ordinal);
    }

    [Fact]
    public void Posting_a_small_message_allocates_nothing()
    {
        (Node one, Node two) = _nodes.StartTwo();
        int heard = 0;
        one.Subscribe("chat", (int _, ReadOnlySpan<byte> _) => heard++);
        for (int warm = 0; warm < 3; warm++)
            PostMany(two);
        long before = GC.GetAllocatedBytesForCurrentThread();
        PostMany(two);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000); // the memory network's, per chunk
        Assert.Equal(4 * 1000, heard);
    }

    private void PostMany(Node from)
    {
        for (int i = 0; i < 1000; i++)
            from.TryPost(1, "chat", "hello"u8);
        _nodes.Settle();
    }

    private IDisposable Listen(Node node) => node.Subscribe("chat", (int from, ReadOnlySpan<byte> text) =>
        _heard.Add($"{from}: {Encoding.ASCII.GetString(text)}"));
}
